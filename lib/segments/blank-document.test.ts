import { describe, expect, test } from "vitest";
import { blankDocument, clonedDocument } from "./blank-document";
import { segmentDocumentSchema } from "./document";

const given = {
  ...{ name: "Loyal, again", key: "loyal-again", description: "", criticality: "operational" as const },
  ...{ team: "growth", person: "author@demo.steward", purposes: ["marketing"], regions: ["eu"] },
};

test("a new document has no condition unless it is given a rule", () => {
  expect(blankDocument(given).definition).toEqual({ rule: { all: [] }, include: [], exclude: [] });
  const rule = { list: "vip", operator: "listed" } as const;
  expect(blankDocument(given, rule).definition.rule).toEqual(rule);
});

describe("a clone", () => {
  const original = segmentDocumentSchema.parse({
    ...{ key: "loyal", name: "Loyal", documentation: "Why", tags: ["offers"], precedence: 7, exclusiveGroup: "offers" },
    owner: { team: "billing", person: "reviewer2@demo.steward" },
    definition: { rule: { none: [{ segment: "fraud-hold", operator: "member" }] }, exclude: [{ customerId: "c1" }] },
    treatments: { offer: "a" },
    tests: [{ name: "t", customer: { id: "c2" }, asOf: "2026-11-21T00:00:00Z", expect: "member" }],
    standing: { state: "deprecated", notice: "Replaced by its clone." },
  });

  test("says what its original says, references, lists, treatments and tests among it", () => {
    const { definition, treatments, tests, documentation, exclusiveGroup } = original;
    expect(clonedDocument(original, given)).toMatchObject({
      ...{ definition, treatments, tests, documentation, exclusiveGroup },
    });
  });

  test("is active, whatever its original is", () => {
    expect(clonedDocument(original, given).standing).toBeUndefined();
  });

  test("has the key, name, owner, purposes and regions that it is given", () => {
    const { key, name, owner, purposes, regions } = clonedDocument(original, given);
    expect({ key, name, owner, purposes, regions }).toEqual({
      ...{ key: "loyal-again", name: "Loyal, again", purposes: ["marketing"], regions: ["eu"] },
      owner: { team: "growth", person: "author@demo.steward" },
    });
  });
});
