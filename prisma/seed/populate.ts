import type { Engine } from "../../lib/engine/engine";
import type { Profile } from "../../lib/rules/definition";
import type { Calendar } from "./calendar";
import { movesBetween, profileAsOf } from "./customers/profile-as-of";

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

type Store = Pick<Engine, "upsert">;

/** Loads customers as they were when the product came to know them, and those who have moved since the time before. */
export function arrivalMoments(store: Store, calendar: Calendar, customers: readonly Profile[]): Moment[] {
  return arrivals.map(({ daysAgo, share }, index) => {
    const at = calendar.daysAgo(daysAgo);
    const former = arrivals[index - 1];
    const known = former ? Math.ceil(customers.length * former.share) : 0;
    const before = former ? calendar.daysAgo(former.daysAgo) : 0;
    const run = async () => {
      const news = customers.slice(0, Math.ceil(customers.length * share));
      await store.upsert(
        asOf(
          news.filter((each, place) => place >= known || movesBetween(each, before, at).length > 0),
          at,
        ),
      );
    };
    return { at, run };
  });
}

/** Late on each of the last days, who moved on that day is loaded, and then `count` is called. */
export function dailyMoments(
  store: Store,
  calendar: Calendar,
  customers: readonly Profile[],
  count: (instant: number) => Promise<void>,
): Moment[] {
  const days = Array.from({ length: trendDays }, (_, index) => lateOn(calendar, trendDays - index));
  const start = calendar.daysAgo(trendDays + 1);
  const moved = days.map(() => new Set<Profile>());
  for (const customer of customers)
    for (const at of movesBetween(customer, start, calendar.today))
      moved[days.findIndex((day) => at <= day)]?.add(customer);
  return days.map((at, index) => {
    const run = async () => {
      await store.upsert(asOf([...(moved[index] ?? [])], at));
      await count(at);
    };
    return { at, run };
  });
}

/** The last instant of a past day. */
function lateOn(calendar: Calendar, daysAgo: number): number {
  return calendar.daysAgo(daysAgo - 1) - 1;
}

function asOf(customers: readonly Profile[], instant: number): Profile[] {
  return customers.flatMap((customer) => profileAsOf(customer, instant) ?? []);
}
