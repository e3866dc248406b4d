import { describe, expect, test } from "vitest";
import type { CustomerEvent } from "../engine/customer-records";
import type { ComputedAttribute } from "../engine/engine";
import type { AttributeValue, Rule } from "../rules/definition";
import { evaluate } from "../rules/evaluate";
import { purchase, purchaseAttributes, purchaseRules } from "../testing/cdnow";
import { computedValue } from "../testing/computed-reference";
import { testEngines } from "../testing/engines";
import { guarded } from "../testing/guarded";
import { invoiceLine, retailAttributes, retailRules } from "../testing/online-retail";
import { storeEvents } from "../testing/read-events";

const customers = 300;
const lines = 6_000;

/** A fixed mixture, in which every value meets every other one. */
function mixed<T>(n: number, salt: number, values: readonly T[]): T {
  const hash = Math.imul(Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b), 0xc2b2ae35) >>> 11;
  return values[hash % values.length] as T;
}

/** Some customers have many lines, many have few; the first ten stay in one country. */
function customerOf(n: number): string {
  const most = mixed(n, 0, [5, 20, 80, customers]);
  return String(
    mixed(
      n,
      1,
      Array.from({ length: most }, (_, index) => index),
    ),
  ).padStart(5, "0");
}

function daysBefore(asOf: number, n: number): number {
  const days = mixed(n, 2, [0, 1, 29, 30, 31, 89, 90, 91, 179, 180, 181, 300, 372]);
  return asOf - days * 86_400_000 - mixed(n, 3, [0, 0, 1, -1, 3_600_000]);
}

const amounts = [0.1, 0.2, 19.99, 250, 1_000, -0.3, -250, -1_000, 0, 0];

type World = {
  readonly asOf: number;
  readonly attributes: readonly ComputedAttribute[];
  readonly rules: Readonly<Record<string, Rule>>;
  eventOf(n: number, common: Omit<CustomerEvent, "type" | "properties">): CustomerEvent;
};

const worlds: Readonly<Record<string, World>> = {
  "invoice lines": {
    ...{ asOf: Date.parse("2011-12-10T00:00:00Z"), attributes: retailAttributes, rules: retailRules },
    eventOf: (n, common) => ({
      ...{ ...common, type: invoiceLine.key },
      properties: {
        ...{ invoice: `${mixed(n, 5, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])}`, amount: mixed(n, 6, amounts) },
        stock_code: mixed(n, 7, ["85123A", "22423", "POST", "71053", "71053", "71053"]),
        country: mixed(Number(common.customerId), 8, ["United Kingdom", "Germany", n % 9 === 0 ? "EIRE" : "France"]),
        cancelled: mixed(n, 9, [true, false, false, false]),
      },
    }),
  },
  purchases: {
    ...{ asOf: Date.parse("1998-07-01T00:00:00Z"), attributes: purchaseAttributes, rules: purchaseRules },
    eventOf: (n, common) => ({
      ...{ ...common, type: purchase.key, at: common.at - mixed(n, 4, [0, 180, 180]) * 86_400_000 },
      properties: {
        cds: mixed(n, 5, [1, 2, 3, 9, 10]),
        amount: Math.abs(mixed(Number(common.customerId), 6, amounts)),
      },
    }),
  },
};

const cases = Object.keys(testEngines).flatMap((kind) => Object.keys(worlds).map((name) => [name, kind] as const));

describe("generated events, stored, computed and counted, give the members that the interpreter finds", () => {
  test.each(cases)("%s in %s", { timeout: 60_000 }, async (name, kind) => {
    const { asOf, attributes, rules, eventOf } = worlds[name] as World;
    const events = Array.from({ length: lines }, (_, n) =>
      eventOf(n, { id: `${n}`, customerId: customerOf(n), at: daysBefore(asOf, n) }),
    );
    const engine = await testEngines[kind as keyof typeof testEngines]();
    try {
      await storeEvents(engine, events, attributes, { region: "eu", asOf });
      const profiles = [...Map.groupBy(events, ({ customerId }) => customerId)].map(([id, own]) => ({
        ...{ id, consents: [], objections: [], attributes: valuesOf(attributes, own, asOf) },
      }));
      for (const [id, rule] of Object.entries(rules)) {
        const members: string[] = [];
        for await (const page of engine.members(guarded(rule, "eu"), asOf)) members.push(...page);
        const expected = profiles.filter((profile) => evaluate(rule, profile, asOf)).map((profile) => profile.id);
        expect(members, id).toEqual(expected.sort());
        expect(members.length, id).toBeGreaterThan(0);
        expect(members.length, id).toBeLessThan(profiles.length);
      }
    } finally {
      await engine.close();
    }
  });
});

function valuesOf(attributes: readonly ComputedAttribute[], events: readonly CustomerEvent[], asOf: number) {
  const values: Record<string, AttributeValue> = {};
  for (const each of attributes) {
    const value = computedValue(each, events, each.event.key, asOf);
    if (value !== undefined) values[each.attribute.key] = value;
  }
  return values;
}
