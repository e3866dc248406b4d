import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DistributionShape, namedShape, populationStability } from "./distribution";

const ordered = (values: readonly number[]): DistributionShape => ({
  kind: "ordered",
  quantiles: Array.from({ length: 101 }, (_, index) => values[Math.round((index / 100) * (values.length - 1))] ?? 0),
});
const anyValues = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 300 });
const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);

describe("the population stability index", () => {
  test("is 0 of what lies alike, and never below", () => {
    fc.assert(
      fc.property(anyValues, anyValues, (before, now) => {
        const [a, b] = [ordered(sorted(before)), ordered(sorted(now))];
        expect(populationStability(a, a)).toBeCloseTo(0, 9);
        expect(populationStability(a, b)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("does not change with the unit of the values", () => {
    fc.assert(
      fc.property(anyValues, anyValues, (before, now) => {
        const inCents = (values: readonly number[]) => ordered(sorted(values).map((value) => value * 128));
        const inEuros = (values: readonly number[]) => ordered(sorted(values));
        expect(populationStability(inCents(before), inCents(now))).toBeCloseTo(
          populationStability(inEuros(before), inEuros(now)) ?? Number.NaN,
          6,
        );
      }),
    );
  });

  test("is what the formula gives for shares that are known", () => {
    const named = (a: number): DistributionShape => ({ kind: "named", shares: { a, b: 1 - a } });
    const expected = (0.7 - 0.5) * Math.log(0.7 / 0.5) + (0.3 - 0.5) * Math.log(0.3 / 0.5);
    expect(populationStability(named(0.5), named(0.7))).toBeCloseTo(expected, 12);
  });

  test("is large where everybody has moved beyond what was", () => {
    const before = ordered(Array.from({ length: 1_000 }, (_, index) => index));
    const now = ordered(Array.from({ length: 1_000 }, (_, index) => index + 2_000));
    expect(populationStability(before, now)).toBeGreaterThan(2);
  });

  test("is none where nobody has a value, or values became of another kind", () => {
    expect(populationStability(ordered([1]), { kind: "ordered", quantiles: [] })).toBeNull();
    expect(populationStability(ordered([1]), { kind: "named", shares: { a: 1 } })).toBeNull();
  });
});

test("values that are too many to be told apart count together", () => {
  const statistics = { customers: 120, missing: 20, values: [{ value: "gold", customers: 60 }] };
  expect(namedShape(statistics)).toEqual({ kind: "named", shares: { gold: 0.6, "": 0.4 } });
});
