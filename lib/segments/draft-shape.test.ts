import { expect, test } from "vitest";
import { parseDraft } from "./draft-shape";

const document = { key: "k", name: "n", definition: { rule: { all: [] } } };
const many = (name: (index: number) => string) =>
  Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [name(n), 0]));

test.each([
  ["a list without end", { ...document, tags: Array.from({ length: 1_300_000 }, () => 1) }],
  ["fields without end", { ...document, ...many((n) => `field${n}`) }],
  ["treatments without end, none of them named as it must be", { ...document, treatments: many((n) => `N${n}`) }],
])("a document of %s is refused in few words", (_, input) => {
  const shape = parseDraft(input);
  expect(shape.ok).toBe(false);
  expect(JSON.stringify(shape).length).toBeLessThan(20_000);
});
