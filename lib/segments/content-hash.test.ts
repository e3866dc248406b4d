import { describe, expect, test } from "vitest";
import { contentHash } from "./content-hash";
import { type SegmentDocument, segmentDocumentSchema } from "./document";

const document: SegmentDocument = segmentDocumentSchema.parse({
  key: "win-back",
  name: "Win-back",
  definition: { rule: { all: [{ attribute: "plan", operator: "equals", value: "premium" }] } },
});

const later = "2026-12-31T00:00:00Z";
const customer = { id: "c", consents: [], objections: [], attributes: {} };

const changes: { readonly [Field in keyof SegmentDocument]-?: SegmentDocument[Field] } = {
  key: "win-back-2",
  name: "Other",
  description: "d",
  documentation: "d",
  tags: ["t"],
  owner: { team: "growth", person: "a@example.com" },
  criticality: "billing",
  purposes: ["marketing"],
  regions: ["eu"],
  definition: { ...document.definition, rule: { any: [{ attribute: "plan", operator: "equals", value: "premium" }] } },
  precedence: 1,
  exclusiveGroup: "offers",
  treatments: { offer: "a" },
  objectives: { availability: 0.99, latency: { thresholdMs: 100, ratio: 0.9 } },
  lifecycle: { reviewEveryDays: 90 },
  tests: [{ name: "t", customer, asOf: later, expect: "member" }],
  standing: { state: "archived", notice: "Nobody pulls it." },
};

describe("a document's content hash", () => {
  test("is 64 hex digits and always the same", () => {
    expect(contentHash(document)).toMatch(/^[0-9a-f]{64}$/);
    expect(contentHash(structuredClone(document))).toBe(contentHash(document));
  });

  test("of a document without a standing is what it was before documents had one", () => {
    expect(contentHash(document)).toBe("aa4328b50546f149294c9d6632f61073dc648e029a1520ea76afc0e88be9f2f0");
  });

  test("does not depend on the order of keys", () => {
    const reversed = (value: unknown): unknown =>
      typeof value !== "object" || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, reversed(each)]),
          );
    expect(contentHash(reversed(document) as SegmentDocument)).toBe(contentHash(document));
  });

  test("does not depend on whether a default was written out or an optional field is undefined", () => {
    const { key, name, definition } = document;
    const brief = { key, name, definition: { rule: definition.rule }, owner: undefined };
    expect(contentHash(brief as unknown as SegmentDocument)).toBe(contentHash(document));
  });

  test.each(Object.entries(changes))("changes with %s", (field, value) => {
    expect(contentHash({ ...document, [field]: value })).not.toBe(contentHash(document));
  });

  test.each([
    ["include", [{ customerId: "c", reason: "" }]],
    ["exclude", [{ customerId: "c", reason: "" }]],
    ["include with an expiry", [{ customerId: "c", reason: "", expiresAt: later }]],
  ])("changes with the list: %s", (title, entries) => {
    const list = title.startsWith("include") ? "include" : "exclude";
    const changed = { ...document, definition: { ...document.definition, [list]: entries } };
    expect(contentHash(changed)).not.toBe(contentHash(document));
  });

  test("changes with the order of a rule's children, which is what was reviewed", () => {
    const [a, b] = [
      { attribute: "a", operator: "is_set" },
      { attribute: "b", operator: "is_set" },
    ] as const;
    const hash = (all: readonly (typeof a | typeof b)[]) =>
      contentHash({ ...document, definition: { ...document.definition, rule: { all } } });
    expect(hash([a, b])).not.toBe(hash([b, a]));
  });
});
