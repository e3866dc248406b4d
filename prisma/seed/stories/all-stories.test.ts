import { describe, expect, it } from "vitest";
import { catalogueOf } from "../../../lib/catalogue/definition";
import { guardedRule } from "../../../lib/guards/guarded-rule";
import type { AttributeValue, Profile } from "../../../lib/rules/definition";
import { evaluate } from "../../../lib/rules/evaluate";
import type { SegmentDocument, TestCase } from "../../../lib/segments/document";
import { calendarOf } from "../calendar";
import { demoAttributes, demoPurposes, demoRegions } from "../catalogue";
import { generateCustomers } from "../customers/generate-customers";
import { allSteps } from "./all-stories";

const now = new Date("2026-11-21T00:00:30Z");
const customers = generateCustomers({ seed: 7, count: 2_000, now });
const steps = allSteps({ calendar: calendarOf(now), customers });
const catalogue = catalogueOf({ attributes: demoAttributes, purposes: demoPurposes, regions: demoRegions });
const documents = new Map(
  steps.flatMap((step) => (step.kind === "write" ? [[step.segment, step.document] as const] : [])),
);

describe("the demo's segments", () => {
  it("are 25", () => {
    expect(documents.size).toBe(25);
  });

  it("have a past that is over, in order", () => {
    const instants = steps.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(instants.at(-1)).toBeLessThan(now.getTime());
  });

  it.each([...documents.values()])("$key speaks of the catalogue only", (document) => {
    for (const purpose of document.purposes) expect(catalogue.purposes.has(purpose)).toBe(true);
    for (const region of document.regions) expect(catalogue.regions.has(region)).toBe(true);
    for (const key of attributesIn(document.definition.rule)) expect(catalogue.attributes.has(key), key).toBe(true);
  });

  it.each([...documents.values()])("$key has tests that pass, but for the one that shows a failing one", (document) => {
    const failing = document.tests.filter((test) => !passes(document, test)).map(({ name }) => name);
    expect(failing).toEqual(document.key === "student-discount-2027" ? ["graduate"] : []);
  });
});

function passes(document: SegmentDocument, { customer, asOf, expect: expected }: TestCase): boolean {
  const profile: Profile = { ...customer, attributes: withInstants(customer.attributes) };
  const member = evaluate(guardedRule(document, catalogue).tree, profile, Date.parse(asOf));
  return member === (expected === "member");
}

function withInstants(attributes: TestCase["customer"]["attributes"]): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      catalogue.attributes.get(key)?.type === "timestamp" ? Date.parse(String(value)) : value,
    ]),
  );
}

function attributesIn(node: object): string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === "attribute") return [String(value)];
    return Array.isArray(value)
      ? value.flatMap((child: unknown) => (typeof child === "object" && child ? attributesIn(child) : []))
      : [];
  });
}
