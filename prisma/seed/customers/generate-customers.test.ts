import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Profile } from "../../../lib/rules/definition";
import { demoAttributes, demoPurposes, demoRegions } from "../catalogue";
import { generateCustomers } from "./generate-customers";

const now = new Date("2026-11-21T14:32:00Z");
const customers = generateCustomers({ seed: 7, count: 6_000, now });

function hashOf(profiles: readonly Profile[]): string {
  return createHash("sha256").update(JSON.stringify(profiles)).digest("hex");
}

function share(is: (customer: Profile) => boolean): number {
  return customers.filter(is).length / customers.length;
}

describe("the demo's customers", () => {
  it("are the same for the same seed and day", () => {
    const again = generateCustomers({ seed: 7, count: 6_000, now: new Date("2026-11-21T23:59:59Z") });
    expect(hashOf(again)).toBe(hashOf(customers));
  });

  it("are others for another seed", () => {
    expect(hashOf(generateCustomers({ seed: 8, count: 6_000, now }))).not.toBe(hashOf(customers));
  });

  it("are the same at the start, however many follow", () => {
    expect(generateCustomers({ seed: 7, count: 100, now })).toEqual(customers.slice(0, 100));
  });

  it("have ids of their own", () => {
    expect(new Set(customers.map(({ id }) => id)).size).toBe(customers.length);
    for (const { id } of customers) expect(id).toMatch(/^c_[0-9a-f]{8}$/);
  });

  it.each(demoRegions.map(({ key }) => key))("live in %s too", (region) => {
    expect(share((customer) => customer.region === region)).toBeGreaterThan(0.04);
  });

  it("are of unknown residence now and then", () => {
    expect(share(({ region }) => region === undefined)).toBeGreaterThan(0.005);
    expect(share(({ region }) => region === undefined)).toBeLessThan(0.03);
  });

  it("carry values of the type that the catalogue says, and no others", () => {
    const types = new Map(demoAttributes.map(({ key, type }) => [key, type]));
    const seen = new Set<string>();
    for (const { attributes } of customers)
      for (const [key, value] of Object.entries(attributes)) {
        seen.add(key);
        const type = types.get(key);
        const shape = Array.isArray(value)
          ? "string_set"
          : typeof value === "number" && type === "timestamp"
            ? type
            : typeof value;
        expect(shape, key).toBe(type);
      }
    expect([...seen].sort()).toEqual([...types.keys()].sort());
  });

  it.each([
    ["plan", 0.0, 0.02],
    ["language", 0.02, 0.08],
    ["churn_score", 0.08, 0.2],
    ["last_order_at", 0.25, 0.42],
    ["nps", 0.7, 0.85],
    ["accessibility_needs", 0.96, 0.99],
  ])("lack %s in a share that is true to life", (key, least, most) => {
    const missing = share(({ attributes }) => attributes[key] === undefined);
    expect(missing).toBeGreaterThanOrEqual(least);
    expect(missing).toBeLessThanOrEqual(most);
  });

  it("never grant and object at once, and speak of known purposes only", () => {
    const known = new Set(demoPurposes.map(({ key }) => key));
    for (const { consents, objections } of customers) {
      for (const purpose of [...consents, ...objections]) expect(known).toContain(purpose);
      expect(objections.filter((purpose) => consents.includes(purpose))).toEqual([]);
    }
  });

  it("can be reached nowhere: addresses lie in domains reserved for examples", () => {
    for (const { attributes } of customers)
      if (attributes.email !== undefined)
        expect(attributes.email).toMatch(/^[a-z.0-9]+@([a-z]+\.)?example\.(com|org|net)$/);
  });

  it("did nothing before they signed up or after the day", () => {
    for (const { attributes } of customers) {
      const { signed_up_at: from, last_order_at: order, last_seen_at: seen } = attributes;
      for (const at of [from, order, seen]) if (at !== undefined) expect(Number(at)).toBeLessThanOrEqual(now.getTime());
      if (from !== undefined && order !== undefined) expect(Number(order)).toBeGreaterThanOrEqual(Number(from));
    }
  });

  it("are likelier to leave the longer they have ordered nothing", () => {
    const mean = (profiles: readonly Profile[]) => {
      const scores = profiles.flatMap(({ attributes }) =>
        typeof attributes.churn_score === "number" ? [attributes.churn_score] : [],
      );
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    const silent = (customer: Profile) => Number(customer.attributes.last_order_at) < now.getTime() - 180 * 86_400_000;
    expect(mean(customers.filter(silent))).toBeGreaterThan(mean(customers.filter((each) => !silent(each))) + 0.1);
  });
});
