import { expect, test } from "vitest";
import { summedTrend } from "./summed-trend";

test.each([
  { trends: [], sums: [] },
  { trends: [[1, 2, 3]], sums: [1, 2, 3] },
  { trends: [[1, 2, 3], [10]], sums: [1, 2, 13] },
  { trends: [[], [4, 5]], sums: [4, 5] },
])("lines of different length are added from their common end", ({ trends, sums }) => {
  expect(summedTrend(trends)).toEqual(sums);
});
