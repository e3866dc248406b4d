import type { ProfileChange } from "../../lib/engine/customer-records";
import type { Engine } from "../../lib/engine/engine";
import type { Profile } from "../../lib/rules/definition";
import type { Calendar } from "./calendar";
import { movesBetween, profileAsOf } from "./customers/profile-as-of";
import { statementsOf } from "./customers/statements";

/** Which share of the customers the product knew of from which day on: systems were connected one after the other. */
const arrivals = [
  { daysAgo: 438, share: 0.08 },
  { daysAgo: 214, share: 0.15 },
  { daysAgo: 95, share: 0.3 },
  { daysAgo: 68, share: 0.35 },
  { daysAgo: 31, share: 1 },
] as const;

/** From here on customers move day by day, so that the trend of the last month counts what was. */
const trendDays = 30;

export type Moment = { readonly at: number; readonly run: () => Promise<void> };

type Store = Pick<Engine, "ingest">;

/** Brings membership to what follows from these customers' data, at an instant. */
export type Follow = (customers: readonly string[], instant: number) => Promise<void>;

/** Loads customers as they were when the product came to know them, and those who have moved since the time before. */
export function arrivalMoments(
  store: Store,
  calendar: Calendar,
  customers: readonly Profile[],
  follow: Follow,
): Moment[] {
  return arrivals.map(({ daysAgo, share }, index) => {
    const at = calendar.daysAgo(daysAgo);
    const former = arrivals[index - 1];
    const known = former ? Math.ceil(customers.length * former.share) : 0;
    const before = former ? calendar.daysAgo(former.daysAgo) : 0;
    const run = async () => {
      const news = customers.slice(0, Math.ceil(customers.length * share));
      const came = news.filter((each, place) => place >= known || movesBetween(each, before, at).length > 0);
      await follow(await bringIn(store, came, at), at);
    };
    return { at, run };
  });
}

/** Late on each of the last days, who moved on that day is loaded, and then `count` is called. */
export function dailyMoments(
  store: Store,
  calendar: Calendar,
  customers: readonly Profile[],
  { follow, count }: { readonly follow: Follow; readonly count: (instant: number) => Promise<void> },
): Moment[] {
  const days = Array.from({ length: trendDays }, (_, index) => lateOn(calendar, trendDays - index));
  const start = calendar.daysAgo(trendDays + 1);
  const moved = days.map(() => new Set<Profile>());
  for (const customer of customers)
    for (const at of movesBetween(customer, start, calendar.today))
      moved[days.findIndex((day) => at <= day)]?.add(customer);
  return days.map((at, index) => {
    const run = async () => {
      await follow(await bringIn(store, [...(moved[index] ?? [])], at), at);
      await count(at);
    };
    return { at, run };
  });
}

/** The last instant of a past day. */
function lateOn(calendar: Calendar, daysAgo: number): number {
  return calendar.daysAgo(daysAgo - 1) - 1;
}

/** Who signed up before anybody kept when. */
const unknownSignUp = Date.parse("2022-01-10T09:00:00Z");
const atOnce = 10_000;

/**
 * Customers as they were at an instant, with what they have said; who had not signed up yet is left out. Gives whom it
 * changed.
 */
async function bringIn(store: Store, customers: readonly Profile[], instant: number): Promise<readonly string[]> {
  const changed: string[] = [];
  for (let from = 0; from < customers.length; from += atOnce) {
    const known = customers.slice(from, from + atOnce).flatMap((customer) => {
      const then = profileAsOf(customer, instant);
      return then ? [{ then, change: changeTo(then, customer) }] : [];
    });
    const consents = known.flatMap(({ then }) => statementsOf(then, unknownSignUp));
    const { touched } = await store.ingest({ changes: known.map(({ change }) => change), consents }, instant);
    changed.push(...touched);
  }
  return changed;
}

/** What they will have and do not have yet is taken away: they may have had it before. */
function changeTo({ id, region, attributes }: Profile, later: Profile): ProfileChange {
  const keys = Object.keys(later.attributes);
  return {
    id,
    region: region ?? null,
    attributes: Object.fromEntries(keys.map((key) => [key, attributes[key] ?? null])),
  };
}
