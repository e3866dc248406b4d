import fc from "fast-check";
import { expect, test } from "vitest";
import { numberOf, unitsOf } from "./sum-units";

test("decimals of four places add up to what they say", () => {
  const fourPlaces = fc.integer({ min: -(10 ** 15), max: 10 ** 15 });
  fc.assert(
    fc.property(fc.array(fourPlaces, { maxLength: 50 }), (written) => {
      const numbers = written.map((units) => Number(`${units}e-4`));
      const exact = written.reduce((sum, units) => sum + BigInt(units), 0n);
      expect(numbers.reduce((sum, number) => sum + unitsOf(number), 0n)).toBe(exact);
    }),
  );
});

test.each([
  [0.1 + 0.2, 3_000n, 0.3],
  [-12.5, -125_000n, -12.5],
  [0.00005, 1n, 0.0001],
  [1e300, 9_000_000_000_000_000_000n, 9e14],
  [-1e300, -9_000_000_000_000_000_000n, -9e14],
])("%d is %d units", (value, units, told) => {
  expect(unitsOf(value)).toBe(units);
  expect(numberOf(units)).toBe(told);
});
