import { describe, expect, test } from "vitest";
import { minimumCell } from "../catalogue/small-cells";
import { overlapFindings } from "./overlap-findings";
import { type Claims, conflictsBetween } from "./segment-conflicts";

const vip: Claims = { key: "vip", precedence: 10, exclusiveGroup: "offers", treatments: { pool: "gold", limit: 5 } };
const trial: Claims = {
  key: "trial",
  precedence: 20,
  exclusiveGroup: "offers",
  treatments: { pool: "slow", limit: 5 },
};

describe("two segments conflict", () => {
  test("where they are of one exclusive group, or say another value of one treatment; the higher precedence wins", () => {
    expect(conflictsBetween(vip, trial)).toEqual([
      { kind: "exclusive_group", group: "offers", winner: "trial", tie: false },
      { kind: "treatment", treatment: "pool", winner: "trial", tie: false, values: ["slow", "gold"] },
    ]);
    expect(conflictsBetween(trial, vip)).toEqual(conflictsBetween(vip, trial));
  });

  test("and with one precedence the smaller key wins, by a tie", () => {
    const [first] = conflictsBetween({ ...vip, precedence: 20 }, trial);
    expect(first).toMatchObject({ winner: "trial", tie: true });
  });

  test("nowhere else", () => {
    expect(conflictsBetween(vip, { ...trial, exclusiveGroup: "prices", treatments: { pool: "gold" } })).toEqual([]);
    const without = { key: "a", precedence: 0, treatments: {} };
    expect(conflictsBetween(without, { ...without, key: "b", exclusiveGroup: null })).toEqual([]);
  });
});

describe("a document is warned", () => {
  const compared = (both: number, more: Partial<Claims> = {}) => ({
    artefact: { ...trial, ...more, name: "Trial users" },
    both,
  });

  test("of members whom another segment of its exclusive group claims, in whole cells", () => {
    expect(overlapFindings(vip, [compared(1_234)])).toMatchObject([
      {
        code: "exclusive-group-overlap",
        severity: "warning",
        path: "exclusiveGroup",
        message: '1,230 members are in "Trial users" too, which is in the same exclusive group "offers".',
      },
    ]);
  });

  test("of a treatment on which precedence does not decide", () => {
    const tied = compared(50, { precedence: vip.precedence, exclusiveGroup: null });
    expect(overlapFindings(vip, [tied])).toMatchObject([{ code: "treatment-tie", path: "treatments.pool" }]);
    expect(overlapFindings(vip, [compared(50, { exclusiveGroup: null })])).toEqual([]);
  });

  test("in an order that says no more than the numbers", () => {
    const [first, second] = [compared(57, { key: "a" }), compared(52, { key: "b" })];
    expect(overlapFindings(vip, [second, first])).toEqual(overlapFindings(vip, [first, second]));
    const named = [
      { ...second, artefact: { ...second.artefact, name: "B" } },
      { ...first, artefact: { ...first.artefact, name: "A" } },
    ];
    expect(overlapFindings(vip, named).map(({ message }) => message.includes('"A"'))).toEqual([true, false]);
  });

  test("of nothing that fewer than a cell share: a finding would tell nobody from somebody", () => {
    expect(overlapFindings(vip, [compared(minimumCell - 1)])).toEqual([]);
    expect(overlapFindings(vip, [compared(0)])).toEqual([]);
  });
});
