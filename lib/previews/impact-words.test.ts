import { expect, test } from "vitest";
import { causeRows, impactSentence } from "./impact-words";

const byCause = [
  { cause: "consent", entering: 0, leaving: 1_250 },
  { cause: "list", entering: 0, leaving: 0 },
  { cause: "rule", entering: 1, leaving: 40 },
] as const;

test("causes that move nobody are not told", () => {
  expect(causeRows(byCause).map(({ text, entering, leaving }) => [text, entering, leaving])).toEqual([
    ["Purposes and consent", 0, 1_250],
    ["The rule", 1, 40],
  ]);
});

test("a sentence says who moves and because of what", () => {
  expect(impactSentence(byCause)).toBe(
    "1,250 leave because of purposes and consent, 1 enters because of the rule, 40 leave because of the rule.",
  );
  expect(impactSentence([])).toBe("");
});
