import { describe, expect, it } from "vitest";
import { dayMilliseconds } from "../calendar";
import { generateCustomers } from "./generate-customers";
import { movesBetween, profileAsOf } from "./profile-as-of";

const now = new Date("2026-11-21T00:00:00Z");
const customers = generateCustomers({ seed: 3, count: 800, now });
const ago = (days: number) => now.getTime() - days * dayMilliseconds;

describe("a customer at a past instant", () => {
  it("is the one of today, today", () => {
    for (const customer of customers) expect(profileAsOf(customer, now.getTime())).toEqual(customer);
  });

  it("knows nothing that came later", () => {
    for (const customer of customers) {
      const then = profileAsOf(customer, ago(60));
      for (const key of ["signed_up_at", "last_order_at", "last_seen_at", "new_device_at"])
        expect(Number(then?.attributes[key] ?? 0)).toBeLessThanOrEqual(ago(60));
    }
  });

  it("is unknown before signing up", () => {
    const [newcomer] = customers.filter(({ attributes }) => Number(attributes.signed_up_at) > ago(20));
    expect(newcomer && profileAsOf(newcomer, ago(30))).toBeNull();
  });

  it("is the same at two instants between which nothing moved", () => {
    for (const customer of customers)
      if (movesBetween(customer, ago(12), ago(11)).length === 0)
        expect(profileAsOf(customer, ago(11))).toEqual(profileAsOf(customer, ago(12)));
  });

  it("moves now and then, few on one day", () => {
    const moved = customers.filter((customer) => movesBetween(customer, ago(12), ago(11)).length > 0).length;
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(customers.length / 12);
  });
});
