import fc from "fast-check";
import { expect, test } from "vitest";
import { downToCell, minimumCell } from "../catalogue/small-cells";
import { impactCauses } from "../guards/impact-steps";
import { type Preview, previewSchema } from "./contract";
import { roundPreview } from "./round-preview";

/** A number of customers; all other numbers are plain ones. */
const customers = fc.nat(400).map(BigInt);
const keys = fc.constantFrom("a", "b", "c", "d");
const byKey = <T>(row: fc.Arbitrary<T>, selector: (row: T) => unknown) =>
  fc.uniqueArray(row, { selector, maxLength: 4 });

const anyPreview = fc.record({
  ...{ asOf: fc.constant("2026-11-21T00:00:00.000Z"), dataOf: fc.constant(null), countedInMs: fc.constant(1) },
  ...{ population: customers, matched: customers, included: customers, excluded: customers, members: customers },
  denied: fc.record({ consent: customers, region: customers }),
  lost: fc.tuple(fc.record({ guard: fc.constant("region"), customers })),
  byRegion: byKey(fc.record({ region: keys, members: customers }), ({ region }) => region),
  byAttribute: fc.constant({ attribute: "plan", groups: [{ value: "rare", members: 3n }], other: 1n, missing: 1n }),
  funnel: fc.tuple(
    fc.record({
      ...{ path: fc.constant(["all", 0]), text: fc.constant("Plan premium") },
      ...{ alone: customers, cumulative: customers, missing: customers },
    }),
  ),
  impact: fc.record({
    ...{ entering: customers, leaving: customers, staying: customers },
    live: fc.record({ version: fc.constant(3), members: customers }),
    byCause: byKey(
      fc.record({ cause: fc.constantFrom(...impactCauses), entering: customers, leaving: customers }),
      ({ cause }) => cause,
    ),
    samples: fc.constant({
      entering: [{ customer: "c_1", cause: "rule", region: "eu", values: [] }],
      leaving: [],
    }),
  }),
  overlaps: fc.record({
    ...{ live: fc.constant(7), compared: fc.constant(3) },
    items: byKey(
      fc.record({
        ...{ key: keys, name: fc.constant("Other"), version: fc.constant(2) },
        ...{ members: customers, both: customers, jaccard: fc.double({ min: 0, max: 1, noNaN: true }) },
      }),
      ({ key }) => key,
    ),
  }),
  ...{ findings: fc.constant([]), tests: fc.constant([]) },
});

function counted(value: unknown, count: (customers: number) => number): unknown {
  if (typeof value === "bigint") return count(Number(value));
  if (Array.isArray(value)) return value.map((each) => counted(each, count));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, counted(inner, count)]));
}

function previewOf(drawn: unknown, count: (customers: number) => number): Preview {
  return previewSchema.parse(counted(drawn, count));
}

test("what is told follows from whole cells alone: rows, their order and shares say no more than the numbers", () => {
  fc.assert(
    fc.property(anyPreview, (drawn) => {
      const told = roundPreview(
        previewOf(drawn, (exact) => exact),
        downToCell,
      );
      const ofWholeCells = previewOf(drawn, downToCell);
      expect(told).toEqual(roundPreview(ofWholeCells, downToCell));
      expect(told.members).toBe(ofWholeCells.members);
    }),
  );
});

test("neither customers nor groups by an attribute pass: they are told by what else an actor may know", () => {
  fc.assert(
    fc.property(anyPreview, (drawn) => {
      const told = roundPreview(
        previewOf(drawn, (exact) => exact),
        (exact) => exact,
      );
      expect(told.impact?.samples).toEqual({ entering: [], leaving: [] });
      expect(told).not.toHaveProperty("byAttribute");
    }),
  );
});

test("shares are of the numbers that are told", () => {
  const drawn = fc.sample(anyPreview, 1)[0];
  const preview = previewOf(drawn, downToCell);
  const items = [{ key: "a", name: "A", version: 1, members: 39, both: minimumCell + 1, jaccard: 11 / 57 }];
  const told = roundPreview({ ...preview, members: 29, overlaps: { live: 1, compared: 1, items } }, downToCell);
  expect(told.overlaps?.items).toMatchObject([{ members: 30, both: 10, jaccard: 10 / 40 }]);
});
