import { describe, expect, test } from "vitest";
import { downToCell } from "../catalogue/small-cells";
import type { ByAttribute } from "../engine/answers";
import { type ByAttributeTelling, tellByAttribute } from "./tell-by-attribute";

const exactly = (customers: number) => customers;
const everything: ByAttributeTelling = {
  ...{ type: "string", members: 60, exact: true, round: exactly, isMasked: () => false },
};
const cellsOnly: ByAttributeTelling = { ...everything, exact: false, round: downToCell };
const plans: ByAttribute = {
  attribute: "plan",
  groups: [
    { value: "premium", members: 31 },
    { value: "basic", members: 17 },
    { value: "gold", members: 9 },
  ],
  ...{ other: 2, missing: 1 },
};
const spends: ByAttribute = {
  attribute: "spend",
  groups: [
    { from: 0, to: 10, members: 40 },
    { from: 10, to: 20, members: 0 },
    { from: 20, to: 30, members: 9 },
  ],
  ...{ other: 0, missing: 11 },
};

describe("who may look customers up", () => {
  test("is told every group exactly", () => {
    expect(tellByAttribute(plans, everything)).toEqual(plans);
    expect(tellByAttribute(spends, { ...everything, type: "number" })).toEqual(spends);
  });

  test("is told no personal value without the right to see those: it counts among the others", () => {
    const isMasked = (value: string | undefined) => value === "gold";
    expect(tellByAttribute(plans, { ...everything, isMasked })).toMatchObject({
      groups: [{ value: "premium" }, { value: "basic" }],
      other: 11,
    });
    const covered = tellByAttribute(spends, { ...everything, type: "number", isMasked: () => true });
    expect(covered).toEqual({ attribute: "spend", groups: [], other: 49, missing: 11 });
  });
});

describe("who may not look customers up", () => {
  test("is told no value that fewer than a cell have", () => {
    const told = {
      groups: [
        { value: "premium", members: 30 },
        { value: "basic", members: 10 },
      ],
      other: 10,
      missing: 0,
    };
    expect(tellByAttribute(plans, cellsOnly)).toEqual({ attribute: "plan", ...told });
  });

  test("is told no range of fewer than a cell", () => {
    const groups = [...spends.groups, { from: 30, to: 40, members: 11 }];
    expect(tellByAttribute({ ...spends, groups }, { ...cellsOnly, type: "number" })).toMatchObject({
      groups: [
        { from: 0, to: 10, members: 40 },
        { from: 30, to: 40, members: 10 },
      ],
    });
  });

  test("learns nothing from the order of groups that are told alike", () => {
    const groups = [
      { value: "b", members: 19 },
      { value: "a", members: 11 },
    ];
    expect(tellByAttribute({ ...plans, groups }, cellsOnly).groups).toEqual([
      { value: "a", members: 10 },
      { value: "b", members: 10 },
    ]);
  });
});

test("values of a set add up to no whole, so nothing is added to the others", () => {
  const sets: ByAttributeTelling = { ...cellsOnly, type: "string_set" };
  expect(tellByAttribute(plans, sets).other).toBe(0);
  expect(tellByAttribute(plans, { ...sets, isMasked: () => true }).other).toBe(50);
});
