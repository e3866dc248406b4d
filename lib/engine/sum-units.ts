/** Sums over customers add whole ten-thousandths: exact in any order, and the same in every engine. */
export const unitsPerOne = 10_000;
/** What is larger counts as this: in units it still fits 64 bits. */
export const largestSummed = 9e14;

/** A value in ten-thousandths, halves rounded up. The engines compute the same from the same doubles. */
export function unitsOf(value: number): bigint {
  const bounded = Math.max(Math.min(value, largestSummed), -largestSummed);
  return BigInt(Math.floor(bounded * unitsPerOne + 0.5));
}

/** The number nearest to so many units. */
export function numberOf(units: bigint): number {
  const digits = String(units < 0n ? -units : units).padStart(5, "0");
  return Number(`${units < 0n ? "-" : ""}${digits.slice(0, -4)}.${digits.slice(-4)}`);
}
