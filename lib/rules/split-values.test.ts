import { expect, test } from "vitest";
import { pasteValues, splitValues } from "./split-values";

test.each([
  ["premium", ["premium"]],
  ["premium, business\nfree", ["premium", "business", "free"]],
  ["  a ;\tb\r\n\r\nc,", ["a", "b", "c"]],
  ['"new york","berlin"', ["new york", "berlin"]],
  ["a\na\nb", ["a", "b"]],
  ["0012\n0", ["0012", "0"]],
  ["", []],
])("%j holds %j", (pasted, values) => {
  expect(splitValues(pasted)).toEqual(values);
});

test("what is pasted into a list joins it, and what was there, what came twice and what does not fit is counted", () => {
  expect(pasteValues(["a"], "a, b\nb;c\td", 3)).toEqual({ values: ["a", "b", "c"], added: 2, repeated: 2, left: 1 });
  expect(pasteValues(["a", "b"], "c,d", 1)).toEqual({ values: ["a", "b"], added: 0, repeated: 0, left: 2 });
});

test("a text of one value is left to be typed on", () => {
  expect(pasteValues([], "premium", 10)).toBeNull();
  expect(pasteValues([], " , ", 10)).toBeNull();
});
