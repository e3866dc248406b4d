import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantRanges, numberRanges } from "./sql/nice-ranges";

describe("ranges of numbers", () => {
  test.each([
    { of: "few whole numbers: one each", least: 0, greatest: 3, whole: true, bounds: [0, 1, 2, 3, 4] },
    { of: "many whole numbers", least: 3, greatest: 79, whole: true, bounds: [0, 10, 20, 30, 40, 50, 60, 70, 80] },
    { of: "shares", least: 0, greatest: 1, whole: false, bounds: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] },
    {
      of: "amounts on both sides of 0",
      least: -180.5,
      greatest: 949,
      whole: false,
      bounds: [-200, 0, 200, 400, 600, 800, 1000],
    },
    { of: "one number", least: 5.5, greatest: 5.5, whole: false, bounds: [5.5, 5.6] },
    { of: "nothing but 0", least: 0, greatest: 0, whole: true, bounds: [0, 1] },
  ])("$of", ({ least, greatest, whole, bounds }) => {
    expect(numberRanges(least, greatest, whole)).toEqual(bounds);
  });

  test("are ten at most, follow upon one another and hold every number, the last bound no whole one", () => {
    const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.maxSafeInteger());
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [least, greatest] = [Math.min(a, b), Math.max(a, b)];
        const whole = Number.isSafeInteger(a) && Number.isSafeInteger(b);
        const bounds = numberRanges(least, greatest, whole);
        holdAll(bounds, least, greatest);
        if (whole && greatest < 2 ** 50) expect(bounds.at(-1)).toBeGreaterThan(greatest);
      }),
      {
        examples: [
          [0.30000000000000004, 0],
          [1e308, -1e308],
          [2 ** 53, 0],
          [5e-324, 5e-324],
        ],
      },
    );
  });
});

describe("ranges of instants", () => {
  const days = (...texts: string[]) => texts.map((text) => Date.parse(text));

  test.each([
    {
      of: "days",
      from: "2026-11-01T10:00Z",
      to: "2026-11-03T00:00Z",
      bounds: days("2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"),
    },
    {
      of: "weeks from Monday",
      from: "2026-11-01T10:00Z",
      to: "2026-11-17T00:00Z",
      bounds: days("2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"),
    },
    {
      of: "months",
      from: "2026-01-31T00:00Z",
      to: "2026-05-01T00:00Z",
      bounds: days("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"),
    },
    {
      of: "years",
      from: "2020-02-03T00:00Z",
      to: "2026-11-01T00:00Z",
      bounds: days("2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027"),
    },
  ])("$of", ({ from, to, bounds }) => {
    expect(instantRanges(Date.parse(from), Date.parse(to))).toEqual(bounds);
  });

  test("are ten at most, of whole days, follow upon one another and hold every instant that a calendar has", () => {
    const anyInstant = fc.integer({ min: -60_000_000_000_000, max: 250_000_000_000_000 });
    fc.assert(
      fc.property(anyInstant, anyInstant, (a, b) => {
        const bounds = instantRanges(Math.min(a, b), Math.max(a, b));
        holdAll(bounds, Math.min(a, b), Math.max(a, b));
        for (const bound of bounds) expect(Math.abs(bound % 86_400_000)).toBe(0);
      }),
    );
  });

  test("of what no calendar has are whole milliseconds still", () => {
    for (const [least, greatest] of [
      [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
      [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER],
    ] as const)
      for (const bound of instantRanges(least, greatest)) expect(Number.isInteger(bound)).toBe(true);
  });
});

function holdAll(bounds: readonly number[], least: number, greatest: number): void {
  expect(bounds.length).toBeGreaterThan(1);
  expect(bounds.length).toBeLessThanOrEqual(11);
  expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
  expect(bounds[0]).toBeLessThanOrEqual(least);
  expect(bounds.at(-1)).toBeGreaterThanOrEqual(greatest);
}
