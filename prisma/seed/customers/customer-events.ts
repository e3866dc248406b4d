import type { CustomerEvent } from "../../../lib/engine/customer-records";
import type { Profile } from "../../../lib/rules/definition";
import { type Calendar, dayMilliseconds } from "../calendar";
import { type Random, seededRandom } from "../random";
import { cents } from "./subscription";

const categories = ["home", "sport", "music", "travel", "garden", "books"] as const;
const recentDays = 90;
/** Of the time before: what a new system takes over from the old one. */
const mostEarlierOrders = 2;
const mostRecentOrders = 8;

/** What the customer did, as their profile says it in sum: the last order, how many in 90 days, the last visit. */
export function customerEvents(customer: Profile, calendar: Calendar): CustomerEvent[] {
  const random = seededRandom(Number.parseInt(customer.id.slice(2), 16));
  return [...orders(customer, calendar, random), ...sessions(customer, calendar, random)];
}

function orders({ id, attributes }: Profile, calendar: Calendar, random: Random): CustomerEvent[] {
  const amount = typeof attributes.monthly_spend === "number" ? attributes.monthly_spend + 8 : 24;
  return orderInstants(attributes, calendar, random).map((at, index) => ({
    ...{ id: `${id}-o${index}`, customerId: id, type: "order", at },
    properties: {
      amount: cents(random.logNormal(amount, 0.45)),
      category: random.pick(categories),
      voucher: random.chance(0.14),
    },
  }));
}

/** The newest first. */
function orderInstants(attributes: Profile["attributes"], calendar: Calendar, random: Random): number[] {
  const { last_order_at: last, orders_90d: told, signed_up_at: signedUp } = attributes;
  if (typeof last !== "number") return [];
  const begin = calendar.daysAgo(recentDays);
  const many = last > begin && typeof told === "number" ? Math.min(told, mostRecentOrders) : 1;
  const recent = Array.from({ length: Math.max(1, many) }, (_, index) =>
    wholeMinutes(last - (index * Math.max(0, last - begin)) / Math.max(1, many)),
  );
  let earlier = Math.min(recent.at(-1) ?? last, begin);
  const since = typeof signedUp === "number" ? signedUp : begin;
  for (let index = random.integer(0, mostEarlierOrders); index > 0; index -= 1) {
    earlier -= random.integer(20, 140) * dayMilliseconds;
    if (earlier > since) recent.push(wholeMinutes(earlier));
  }
  return recent;
}

function sessions({ id, attributes }: Profile, calendar: Calendar, random: Random): CustomerEvent[] {
  const { last_seen_at: last, devices } = attributes;
  if (typeof last !== "number" || last < calendar.daysAgo(30) || typeof devices !== "object") return [];
  const count = random.chance(0.4) ? 2 : 1;
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `${id}-s${index}`, customerId: id, type: "session" },
    at: wholeMinutes(last - index * random.integer(1, 8) * dayMilliseconds),
    properties: {
      device: devices.length > 0 ? random.pick(devices) : "web",
      minutes: 1 + Math.round(random.exponential(9)),
    },
  }));
}

function wholeMinutes(instant: number): number {
  return Math.floor(instant / 60_000) * 60_000;
}
