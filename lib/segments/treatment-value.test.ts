import { expect, test } from "vitest";
import { parseTreatment } from "./treatment-value";

test.each([
  ["250", 250],
  ["-1.5", -1.5],
  ["true", true],
  [" winback-20 ", "winback-20"],
  ["007", "007"],
  ["1e3", "1e3"],
  ["-0", "-0"],
  ["", ""],
])("%j is %j", (typed, value) => {
  expect(parseTreatment(typed)).toBe(value);
});
