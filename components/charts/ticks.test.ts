import { describe, expect, test } from "vitest";
import { niceTicks, timeTicks } from "./ticks";

describe("ticks", () => {
  test.each([
    { low: 36_700, high: 44_311, ticks: [35_000, 40_000, 45_000] },
    { low: 0, high: 31, ticks: [0, 20, 40] },
    { low: 0, high: 3.15, ticks: [0, 2, 4] },
    { low: 0, high: 0, ticks: [0, 0.5] },
    { low: -3, high: 9, ticks: [-5, 0, 5, 10] },
    { low: 5, high: 5, ticks: [4, 6] },
  ])("span $low to $high with round values", ({ low, high, ticks }) => {
    expect(niceTicks(low, high)).toEqual(ticks);
  });

  test.each([
    [0, 1],
    [812_000, 812_406],
    [0.1, 0.9],
    [1, 999_999],
  ])("of %d to %d are two to five and hold both ends", (low, high) => {
    const ticks = niceTicks(low, high);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks[0]).toBeLessThanOrEqual(low);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(high);
  });

  test("of time run from the first instant to the last", () => {
    expect(timeTicks(0, 30, 4)).toEqual([0, 10, 20, 30]);
    expect(timeTicks(5, 5)).toEqual([5]);
  });
});
