/** Bounds of neighbouring ranges, ascending: one more than there are ranges. */
export type Bounds = readonly number[];

const mostRanges = 10;

/** Of bounds that lie evenly: the one with an index, and an index whose bound is near a value. */
type Scale = { at(index: number): number; near(value: number): number };

/**
 * Up to 10 ranges of one round width that hold every number from `least` to `greatest`. Whole numbers never lie on the
 * last bound, so that each of a few whole numbers has a range of its own.
 */
export function numberRanges(least: number, greatest: number, whole: boolean): Bounds {
  const finest = Math.max(Math.abs(least), Math.abs(greatest)) * (whole || least < greatest ? 2 ** -50 : 0.01);
  const smallest = Math.max(whole ? 1 : 1e-300, finest, (greatest - least) / (2 * mostRanges));
  return firstFitting(roundScales(smallest), least, greatest, whole);
}

/** Up to 10 ranges of whole days, weeks, months or years of UTC, as far as the calendar goes; milliseconds. */
export function instantRanges(least: number, greatest: number): Bounds {
  return firstFitting(calendarScales(), least, greatest, true);
}

/** The two numbers themselves where no scale reaches as far. */
function firstFitting(scales: Iterable<Scale>, least: number, greatest: number, open: boolean): Bounds {
  for (const { at, near } of scales) {
    let first = near(least);
    let last = Math.max(near(greatest), first + 1);
    const fits = () => last - first <= mostRanges;
    while (fits() && at(first) > least) first -= 1;
    while (fits() && (at(last) < greatest || (open && at(last) === greatest))) last += 1;
    if (!fits()) continue;
    const bounds = Array.from({ length: last - first + 1 }, (_, index) => at(first + index));
    if (bounds.every(Number.isFinite)) return bounds;
  }
  return [least, greatest];
}

/** 1, 2 and 5 times each power of ten, from `smallest` on. A multiple is the double nearest to the decimal. */
function* roundScales(smallest: number): Generator<Scale> {
  for (let power = Math.floor(Math.log10(smallest)); power <= 307; power += 1)
    for (const factor of [1, 2, 5]) {
      const at = (index: number) => Number(`${index * factor}e${power}`);
      const step = at(1);
      if (step >= smallest) yield { at, near: (value) => Math.floor(value / step) };
    }
}

const day = 86_400_000;
/** The last day that a date can have, from 1970 in both directions. */
const lastDay = 100_000_000;

function* calendarScales(): Generator<Scale> {
  yield dayScale(1, 0);
  // 1970 began on a Thursday, weeks on a Monday.
  yield dayScale(7, 3);
  for (const months of [1, 3, 6]) yield monthScale(months);
  for (let years = 1; years <= 100_000; years *= 10)
    for (const factor of [1, 2, 5]) yield monthScale(12 * factor * years);
}

function dayScale(days: number, shift: number): Scale {
  return {
    at: (index) => (index * days - shift) * day,
    near: (instant) => Math.floor((instant / day + shift) / days),
  };
}

function monthScale(months: number): Scale {
  return {
    at: (index) => {
      const date = new Date(0);
      date.setUTCFullYear(0, index * months);
      return date.getTime();
    },
    near: (instant) => {
      const date = new Date(Math.max(-lastDay, Math.min(lastDay, instant / day)) * day);
      return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months);
    },
  };
}
