import { describe, expect, test } from "vitest";
import { attributeTypes } from "../catalogue/definition";
import { operatorsByType } from "./definition";
import { carryValue, type ValueShape, valueShape } from "./value-shape";

const cases: readonly [unknown, ValueShape, unknown][] = [
  ["premium", "texts", ["premium"]],
  ["", "texts", undefined],
  [[], "texts", undefined],
  [[1, 2], "texts", undefined],
  [["premium", "business"], "text", "premium"],
  [["premium"], "texts", ["premium"]],
  [12, "range", [12, 12]],
  [[5, 9], "number", 5],
  [[5, null], "range", [5, null]],
  [{ n: null, unit: "days" }, "window", { n: null, unit: "days" }],
  [[5, 9], "range", [5, 9]],
  ["premium", "number", undefined],
  [12, "text", undefined],
  ["2026-01-01T00:00:00Z", "text", undefined],
  ["2026-01-01T00:00:00Z", "instant", "2026-01-01T00:00:00Z"],
  [{ n: 5, unit: "hours" }, "window", { n: 5, unit: "hours" }],
  ["premium", "window", { n: 30, unit: "days" }],
  [false, "boolean", false],
  ["premium", "boolean", true],
  ["premium", "none", undefined],
];

test.each(cases)("%j as %s becomes %j", (value, shape, wanted) => {
  expect(carryValue(value, shape)).toEqual(wanted);
});

describe("a value that fits its shape stays the same object, so that nothing changes without need", () => {
  test.each([
    [["a"], "texts"],
    [[1, 2], "range"],
    [{ n: 1, unit: "days" }, "window"],
  ] as const)("%j", (value, shape) => {
    expect(carryValue(value, shape)).toBe(value);
  });
});

test("every operator of every type has a shape", () => {
  for (const type of attributeTypes)
    for (const operator of operatorsByType[type]) expect(valueShape(type, operator)).toBeTruthy();
});
