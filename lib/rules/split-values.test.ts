import { expect, test } from "vitest";
import { splitValues } from "./split-values";

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
