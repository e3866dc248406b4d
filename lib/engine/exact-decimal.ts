/** Sums are added exactly at so many decimal places. */
export const decimalPlaces = 10;
/** Beyond it a number has no ten places left that mean anything. */
export const largestNumber = 1e15;

/**
 * A number of at most 1e15 in ten-thousand-millionths, as whoever wrote it meant it: 0.1 is exactly 1,000,000,000 of
 * them. What lies beyond ten places is rounded, a half away from zero. Adding these is exact in any order.
 */
export function exactUnits(number: number): bigint {
  const size = Math.abs(number);
  // Below a millionth JavaScript writes exponents.
  const text = size < 1e-6 ? size.toFixed(decimalPlaces + 1) : String(size);
  const [whole = "0", fraction = ""] = text.split(".");
  const digits = fraction.padEnd(decimalPlaces + 1, "0").slice(0, decimalPlaces + 1);
  const units = (BigInt(whole + digits) + 5n) / 10n;
  return number < 0 ? -units : units;
}

/** The same in decimals, as "-0.1000000000". */
export function exactText(number: number): string {
  const units = exactUnits(number);
  const digits = String(units < 0n ? -units : units).padStart(decimalPlaces + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -decimalPlaces)}.${digits.slice(-decimalPlaces)}`;
}
