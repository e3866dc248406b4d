import { expect, test } from "vitest";
import type { AttributeValue } from "../rules/definition";
import { processorTime } from "../testing/processor-time";
import { isPersonal } from "./personal";

test.each<[string, string, string[], AttributeValue | undefined, boolean]>([
  ["a labelled attribute, even a missing one", "score", ["personal"], undefined, true],
  ["a special category", "diet", ["special"], "vegan", true],
  ["another label", "score", ["no-export"], 3, false],
  ["an e-mail by its key", "contact_email", [], undefined, true],
  ["a phone by its key", "phone", [], undefined, true],
  ["a phone's plan", "phoneplan", [], "xl", false],
  ["an e-mail by its value", "contact", [], "ada@example.test", true],
  ["a phone number by its value", "contact", [], "+49 (151) 123-4567", true],
  ["one e-mail in a set", "aliases", [], ["x", "a@b.test"], true],
  ["a number", "spend", [], 4915112345678, false],
  ["a date", "since", [], "2026-01-01", false],
  ["a number of an order", "order", [], "12345678901", false],
  ["a plan", "plan", [], "premium", false],
])("%s", (_, key, labels, value, expected) => {
  expect(isPersonal({ key, labels }, value)).toBe(expected);
});

test("a value made to be read for ever is read at once", () => {
  const read = () => isPersonal({ key: "note", labels: [] }, `x@${".".repeat(200_000)} x`);
  expect(processorTime(read)).toBeLessThan(500);
});
