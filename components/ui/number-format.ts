const minus = "\u2212";
const narrowSpace = "\u202f";
const formats = new Map<number, Intl.NumberFormat>();

export type NumberFormat = {
  /** Digits after the point; 0 for counts. */
  readonly digits?: number;
  /** Puts + before what is above zero: for differences. */
  readonly signed?: boolean;
  readonly unit?: string;
};

function formatOf(digits: number): Intl.NumberFormat {
  const known = formats.get(digits);
  if (known) return known;
  const made = new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(digits, made);
  return made;
}

/** 48213 → "48,213"; signed −2218 → "−2,218"; null → "—". */
export function formatNumber(
  value: number | null | undefined,
  { digits = 0, signed, unit }: NumberFormat = {},
): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  const size = formatOf(digits).format(Math.abs(value));
  const isZero = Number(size.replaceAll(",", "")) === 0;
  const sign = isZero ? "" : value < 0 ? minus : signed ? "+" : "";
  return `${sign}${size}${unit ? narrowSpace + unit : ""}`;
}

/** A share between 0 and 1 as per cent: 0.188 → "18.8 %". */
export function formatShare(share: number | null | undefined, { digits = 1, signed }: NumberFormat = {}): string {
  return formatNumber(share === null || share === undefined ? share : share * 100, { digits, signed, unit: "%" });
}

/** `part` of `whole` as per cent, and a dash where nothing can be said of an empty whole. */
export function formatShareOf(part: number, whole: number): string {
  return whole === 0 ? "—" : formatShare(part / whole);
}

/** 1 segment, 2 segments; the plural is given where it is not an s. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** Short for chart ticks and bar ends: 206431 → "206k". */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000_000) return formatNumber(value / 1_000_000, { unit: "M" });
  if (size >= 1_000_000) return formatNumber(value / 1_000_000, { digits: 1, unit: "M" });
  if (size >= 100_000) return `${formatNumber(value / 1_000)}k`;
  return formatNumber(value, { digits: Number.isInteger(value) ? 0 : size < 1 ? 2 : 1 });
}
