import { expect, test } from "vitest";
import { sparklinePath } from "./sparkline";

function heightsOf(values: readonly number[]): number[] {
  return [...sparklinePath(values, 10, 20).matchAll(/[ML]\S+ (\S+?)(?=L|$)/g)].map((match) => Number(match[1]));
}

test("a line that moves by 1 % uses a fifth of the height", () => {
  expect(heightsOf([1_000, 1_010])).toEqual([12, 8]);
});

test("a line that moves by more fills the height", () => {
  expect(heightsOf([100, 200])).toEqual([20, 0]);
});

test("a line of zeros lies in the middle", () => {
  expect(heightsOf([0, 0, 0])).toEqual([10, 10, 10]);
});
