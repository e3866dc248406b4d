import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rule } from "../rules/definition";
import { contentHash } from "./content-hash";
import { type SegmentDocument, segmentDocumentSchema } from "./document";
import { parseDraft } from "./draft-shape";
import { diffGovernedFields } from "./governed-fields";
import { conflictInWords, mergeDocuments } from "./merge-documents";
import { saysSame } from "./merge-field";

const names = { purpose: String, region: String, team: String, person: String };
const condition = (value: number): Rule => ({ attribute: "spend", operator: "at_least", value });
const entry = (customerId: string, reason = "") => ({ customerId, reason });

function documentWith(change: Record<string, unknown> = {}): SegmentDocument {
  return segmentDocumentSchema.parse({
    key: "loyal",
    name: "Loyal",
    tags: ["q1"],
    regions: ["eu"],
    purposes: ["marketing"],
    treatments: { queue: "fast", offer: 10 },
    definition: { rule: { all: [condition(1)] }, include: [entry("c1")] },
    ...change,
  });
}

const base = documentWith();
const { rule, ...lists } = base.definition;

describe("a document that two sides changed", () => {
  test("merges what only one of them changed, and says which fields come from where", () => {
    const live = documentWith({ name: "Loyal customers", precedence: 3 });
    const draft = documentWith({
      description: "Since 2019",
      definition: { ...lists, rule: { all: [condition(1), condition(2)] } },
    });
    const { document, taken, kept, conflicts } = mergeDocuments(base, live, draft);
    expect(conflicts).toEqual([]);
    expect([taken, kept]).toEqual([
      ["name", "precedence"],
      ["description", "definition.rule"],
    ]);
    expect(document).toMatchObject({ name: "Loyal customers", description: "Since 2019", precedence: 3 });
    expect(document.definition.rule).toEqual({ all: [condition(1), condition(2)] });
  });

  test("takes what both changed in the same way without asking", () => {
    const both = documentWith({ name: "Loyaler" });
    expect(mergeDocuments(base, both, structuredClone(both))).toMatchObject({ conflicts: [], taken: [], kept: [] });
  });

  test("asks for a field that both changed otherwise, with both sides and what was there before", () => {
    const { document, conflicts } = mergeDocuments(base, documentWith({ name: "L" }), documentWith({ name: "D" }));
    expect(conflicts).toEqual([{ field: "name", part: "name", label: "Name", base: "Loyal", live: "L", draft: "D" }]);
    expect(document.name).toBe("L");
  });

  test("asks customer by customer, treatment by treatment and test by test", () => {
    const live = documentWith({
      treatments: { queue: "faster", offer: 10, pool: "a" },
      definition: { rule, include: [entry("c1", "press"), entry("c2")] },
    });
    const draft = documentWith({
      treatments: { offer: 10, queue: "slow" },
      definition: { rule, include: [entry("c3")] },
    });
    const merged = mergeDocuments(base, live, draft);
    expect(merged.conflicts.map(({ label, live: l, draft: d }) => [label, l, d])).toEqual([
      ["Always in: c1", [entry("c1", "press")], []],
      ["Treatments: queue", { queue: "faster" }, { queue: "slow" }],
    ]);
    const choices = { "definition.include.c1": "draft", "treatments.queue": "draft" } as const;
    const { document, conflicts } = mergeDocuments(base, live, draft, choices);
    expect(conflicts).toEqual([]);
    expect(document.treatments).toEqual({ queue: "slow", offer: 10, pool: "a" });
    expect(document.definition.include).toEqual([entry("c2"), entry("c3")]);
  });

  test("merges tags, purposes and regions by element", () => {
    const live = documentWith({ tags: ["q1", "press"], regions: [] });
    const draft = documentWith({ tags: ["q2"], regions: ["eu", "uk"] });
    expect(mergeDocuments(base, live, draft)).toMatchObject({
      conflicts: [],
      document: { tags: ["press", "q2"], regions: ["uk"] },
    });
  });

  test("asks for a list as a whole where both together are too long, or a name comes twice", () => {
    const tags = (prefix: string) => Array.from({ length: 15 }, (_, index) => `${prefix}${index}`);
    const long = mergeDocuments(base, documentWith({ tags: tags("a") }), documentWith({ tags: tags("b") }));
    expect(long.conflicts.map(({ field }) => field)).toEqual(["tags"]);
    const twice = documentWith({ definition: { rule, include: [entry("c1"), entry("c1", "again")] } });
    const other = documentWith({ definition: { rule, include: [] } });
    expect(mergeDocuments(base, twice, other).conflicts.map(({ field }) => field)).toEqual(["definition.include"]);
  });

  test("keeps the elements of both and asks for the rest where it is not known what both began with", () => {
    const live = documentWith({ name: "L", treatments: { queue: "fast" } });
    const { conflicts, document } = mergeDocuments(null, live, documentWith({ name: "D", tags: ["q1", "q2"] }));
    expect(conflicts.map(({ field }) => field)).toEqual(["name"]);
    expect(document).toMatchObject({ tags: ["q1", "q2"], treatments: { queue: "fast", offer: 10 } });
  });

  test("says both sides of a conflict in words", () => {
    const live = documentWith({ treatments: { queue: "faster", offer: 10 } });
    const [conflict] = mergeDocuments(base, live, documentWith({ treatments: { offer: 10 } })).conflicts;
    expect(
      conflict && [conflict.live, conflict.draft].map((side) => conflictInWords(conflict, side, live, names)),
    ).toEqual([["queue = faster"], []]);
  });
});

/** For each field a few values, so that sides often agree and often do not. */
const anyDocument: fc.Arbitrary<SegmentDocument> = fc
  .record(
    {
      name: fc.constantFrom("a", "b", "c"),
      description: fc.constantFrom("", "x", "y"),
      tags: fc.subarray(["t1", "t2", "t3"]),
      purposes: fc.subarray(["p1", "p2"]),
      regions: fc.subarray(["eu", "uk", "us"]),
      owner: fc.constantFrom({ team: "t", person: "a@x.test" }, { team: "u", person: "b@x.test" }),
      criticality: fc.constantFrom("operational", "billing"),
      exclusiveGroup: fc.constantFrom("g1", "g2"),
      precedence: fc.nat(2),
      treatments: fc.dictionary(fc.constantFrom("one", "two"), fc.nat(2), { noNullPrototype: true }),
      standing: fc.constantFrom({ state: "deprecated", notice: "n" }, { state: "archived", notice: "n" }),
      tests: fc
        .subarray(["lapsed", "new"])
        .chain((chosen) =>
          fc.tuple(
            ...chosen.map((name) =>
              fc
                .constantFrom("member", "not_member")
                .map((expect) => ({ name, expect, customer: { id: "1" }, asOf: "2026-01-01T00:00:00Z" })),
            ),
          ),
        ),
      definition: fc.record({
        rule: fc.subarray([0, 1, 2, 3]).map((chosen): Rule => ({ all: chosen.map(condition) })),
        include: fc.uniqueArray(
          fc.record({ customerId: fc.constantFrom("c1", "c2", "c3"), reason: fc.constantFrom("", "r") }),
          {
            selector: ({ customerId }) => customerId,
          },
        ),
      }),
    },
    { requiredKeys: ["name", "definition"], noNullPrototype: true },
  )
  .map((fields) => segmentDocumentSchema.parse({ key: "any", ...fields }));
const threeDocuments = fc.tuple(anyDocument, anyDocument, anyDocument);

describe("for every three documents", () => {
  test("where only one side changed anything, that side stands", () => {
    fc.assert(
      fc.property(threeDocuments, ([before, live]) => {
        const untouched = structuredClone(before);
        for (const merged of [mergeDocuments(before, live, untouched), mergeDocuments(before, untouched, live)]) {
          expect(merged.conflicts).toEqual([]);
          expect(contentHash(merged.document)).toBe(contentHash(live));
        }
      }),
    );
  });

  test("what a side changed is in the merge, or in a conflict", () => {
    fc.assert(
      fc.property(threeDocuments, ([before, live, draft]) => {
        const { document, conflicts } = mergeDocuments(before, live, draft);
        const open = new Set<string>(conflicts.map(({ part }) => part));
        for (const side of [live, draft]) {
          const [made, kept] = [changesOf(before, side), changesOf(before, document)];
          for (const [field, change] of made)
            if (!open.has(field)) expect(kept.get(field)).toEqual(expect.objectContaining(change));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("with every conflict chosen nothing is open, and the result can be kept", () => {
    fc.assert(
      fc.property(threeDocuments, fc.constantFrom("live" as const, "draft" as const), ([before, live, draft], side) => {
        const { conflicts } = mergeDocuments(before, live, draft);
        const choices = Object.fromEntries(conflicts.map(({ field }) => [field, side]));
        const settled = mergeDocuments(before, live, draft, choices);
        expect(settled.conflicts).toEqual([]);
        expect(parseDraft(settled.document)).toEqual({ ok: true, document: settled.document });
      }),
    );
  });

  test("which side is which makes no difference to what is a conflict", () => {
    fc.assert(
      fc.property(threeDocuments, ([before, live, draft]) => {
        const turned = mergeDocuments(before, draft, live).conflicts.map((each) => ({
          ...each,
          live: each.draft,
          draft: each.live,
        }));
        expect(mergeDocuments(before, live, draft).conflicts).toEqual(turned);
      }),
    );
  });
});

type Change = { readonly [value: string]: "added" | "removed" };

/** By field, each value in words that a side added or took away; the rule by its conditions. */
function changesOf(before: SegmentDocument, after: SegmentDocument): Map<string, Change> {
  const rules = [before, after].map(({ definition }) =>
    "all" in definition.rule ? definition.rule.all.map((each) => JSON.stringify(each)) : [],
  );
  const fields = [
    ...diffGovernedFields(before, after, names),
    { field: "definition.rule", before: rules[0] ?? [], after: rules[1] ?? [] },
  ];
  return new Map(
    fields
      .filter((field) => !saysSame(field.before, field.after))
      .map(({ field, before: was, after: is }) => [
        field,
        Object.fromEntries([
          ...was.filter((value) => !is.includes(value)).map((value) => [value, "removed" as const]),
          ...is.filter((value) => !was.includes(value)).map((value) => [value, "added" as const]),
        ]),
      ]),
  );
}
