import { expect, test } from "vitest";
import { calendarOf, dayMilliseconds } from "../calendar";
import { customerEvents } from "./customer-events";
import { generateCustomers } from "./generate-customers";

const now = new Date("2026-11-21T09:30:00Z");
const calendar = calendarOf(now);
const customers = generateCustomers({ seed: 20, count: 2_000, now });
const events = customers.flatMap((customer) => customerEvents(customer, calendar));

test("events say the last order that the profile says, and lie in the past", () => {
  for (const customer of customers) {
    const ordered = customerEvents(customer, calendar).filter(({ type }) => type === "order");
    const last = customer.attributes.last_order_at;
    expect(ordered[0]?.at).toBe(last);
    expect(ordered.every(({ at }) => typeof last === "number" && at <= last)).toBe(true);
  }
  expect(Math.max(...events.map(({ at }) => at))).toBeLessThanOrEqual(now.getTime());
});

test("orders of the last 90 days are as many as the profile says, but for the busiest", () => {
  const since = calendar.daysAgo(90);
  for (const customer of customers) {
    const told = customer.attributes.orders_90d;
    if (typeof told !== "number" || told > 8) continue;
    const recent = customerEvents(customer, calendar).filter(({ type, at }) => type === "order" && at > since);
    expect(recent).toHaveLength(told);
  }
});

test("each event has an id of its own, and is the same each time", () => {
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(customers.flatMap((customer) => customerEvents(customer, calendar))).toEqual(events);
});

test("there are few enough of them for a quick start", () => {
  expect(events.length / customers.length).toBeLessThan(4);
  expect(events.filter(({ at }) => at < calendar.today - 3_650 * dayMilliseconds)).toEqual([]);
});
