import { describe, expect, test } from "vitest";
import { segmentDocumentSchema } from "./document";
import { diffGovernedFields } from "./governed-fields";

const names = {
  purpose: (key: string) => key,
  region: (key: string) => key.toUpperCase(),
  team: (key: string) => key,
  person: (email: string) => email,
};
const before = segmentDocumentSchema.parse({
  key: "loyal",
  name: "Loyal",
  regions: ["eu"],
  treatments: { offer: "ten" },
  definition: { rule: { attribute: "plan", operator: "is_set" } },
});

/** For each field of a document one edit that a reviewer must see; the rule is shown by its own diff. */
const edits = {
  name: { name: "Loyaler" },
  standing: { standing: { state: "deprecated", notice: "Use loyal-2", removalAt: "2027-01-01T00:00:00Z" } },
  description: { description: "Since 2019" },
  documentation: { documentation: "Because" },
  tags: { tags: ["q4"] },
  owner: { owner: { team: "growth", person: "a@example.com" } },
  criticality: { criticality: "billing" },
  purposes: { purposes: ["marketing"] },
  regions: { regions: ["eu", "uk"] },
  "definition.include": { definition: { ...before.definition, include: [{ customerId: "1", reason: "asked" }] } },
  "definition.exclude": { definition: { ...before.definition, exclude: [{ customerId: "1", reason: "asked" }] } },
  treatments: { treatments: { offer: "twenty" } },
  precedence: { precedence: 7 },
  exclusiveGroup: { exclusiveGroup: "offers" },
  objectives: { objectives: { availability: 0.9995, latency: { thresholdMs: 200, ratio: 0.99 } } },
  lifecycle: { lifecycle: { reviewEveryDays: 30 } },
  tests: {
    tests: [{ name: "one", customer: { id: "1" }, asOf: "2026-01-01T00:00:00Z", expect: "member" }],
  },
} as const;

describe("governed fields", () => {
  test.each(Object.entries(edits))("an edit of %s shows as a change of that field alone", (field, edit) => {
    const after = segmentDocumentSchema.parse({ ...before, ...edit });
    const changed = diffGovernedFields(before, after, names).filter((each) => each.changed);
    expect(changed.map((each) => each.field)).toEqual([field]);
  });

  test("every field of the document is governed: one added later cannot slip past a reviewer", () => {
    const governed = new Set(Object.keys(edits).map((field) => field.split(".")[0]));
    const known = Object.keys(segmentDocumentSchema.shape).filter((field) => field !== "key");
    expect(known.filter((field) => !governed.has(field))).toEqual([]);
  });

  test("a first version shows what it sets and leaves out what is empty", () => {
    const set = diffGovernedFields(null, before, names).filter((each) => each.changed);
    expect(set.map((each) => each.field)).toEqual([
      "name",
      "criticality",
      "regions",
      "treatments",
      "precedence",
      "lifecycle",
    ]);
    expect(set.find((each) => each.field === "regions")?.after).toEqual(["EU"]);
  });
});
