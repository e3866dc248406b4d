import { describe, expect, it } from "vitest";
import { catalogueOf } from "../../../lib/catalogue/definition";
import { guardedRule } from "../../../lib/guards/guarded-rule";
import type { AttributeValue, Profile } from "../../../lib/rules/definition";
import { evaluate } from "../../../lib/rules/evaluate";
import { referencesOf } from "../../../lib/rules/references";
import { attributesUsed } from "../../../lib/segments/attributes-used";
import type { SegmentDocument, TestCase } from "../../../lib/segments/document";
import { calendarOf } from "../calendar";
import { demoAttributes, demoPurposes, demoRegions } from "../catalogue";
import { generateCustomers } from "../customers/generate-customers";
import { demoComputed } from "../events";
import { demoLists } from "../lists";
import { allSteps } from "./all-stories";

const now = new Date("2026-11-21T00:00:30Z");
const customers = generateCustomers({ seed: 7, count: 2_000, now });
const steps = allSteps({ calendar: calendarOf(now), customers });
const attributes = [...demoAttributes, ...demoComputed];
const catalogue = catalogueOf({ attributes, purposes: demoPurposes, regions: demoRegions });
const listKeys = demoLists({ calendar: calendarOf(now), customers }).map(({ key }) => key);
const documents = new Map(
  steps.flatMap((step) => (step.kind === "write" ? [[step.segment, step.document] as const] : [])),
);

describe("the demo's segments", () => {
  it("are 27", () => {
    expect(documents.size).toBe(27);
  });

  it("have a past that is over, in order", () => {
    const instants = steps.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(instants.at(-1)).toBeLessThan(now.getTime());
  });

  it.each([...documents.values()])("$key speaks of the catalogue only", (document) => {
    for (const purpose of document.purposes) expect(catalogue.purposes.has(purpose)).toBe(true);
    for (const region of document.regions) expect(catalogue.regions.has(region)).toBe(true);
    for (const key of attributesUsed(document.definition.rule)) expect(catalogue.attributes.has(key), key).toBe(true);
    const { segments, lists } = referencesOf(document.definition.rule);
    expect(segments.filter((key) => !documents.has(key))).toEqual([]);
    expect(lists.filter((key) => !listKeys.includes(key))).toEqual([]);
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
