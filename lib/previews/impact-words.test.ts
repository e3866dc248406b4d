import { expect, test } from "vitest";
import { causeRows } from "./impact-words";

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
