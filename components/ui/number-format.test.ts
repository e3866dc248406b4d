import { describe, expect, test } from "vitest";
import { formatCount, formatNumber, formatShare, formatShareOf, formatShort } from "./number-format";

const thin = "\u202f";

describe("a figure", () => {
  test.each([
    { text: formatNumber(2_418_306), want: "2,418,306" },
    { text: formatNumber(-2_218), want: "−2,218" },
    { text: formatNumber(6_120, { signed: true }), want: "+6,120" },
    { text: formatNumber(0, { signed: true }), want: "0" },
    { text: formatNumber(-0.04, { digits: 1, signed: true }), want: "0.0" },
    { text: formatNumber(null), want: "—" },
    { text: formatNumber(Number.NaN), want: "—" },
    { text: formatNumber(41, { unit: "s" }), want: `41${thin}s` },
    { text: formatShare(0.188), want: `18.8${thin}%` },
    { text: formatShare(-0.008, { signed: true }), want: `−0.8${thin}%` },
    { text: formatShareOf(0, 0), want: "—" },
    { text: formatCount(1, "draft"), want: "1 draft" },
    { text: formatCount(1_204, "entry", "entries"), want: "1,204 entries" },
    { text: formatShort(206_431), want: "206k" },
    { text: formatShort(3_100_000), want: `3.1${thin}M` },
    { text: formatShort(0.5), want: "0.50" },
  ])("reads $want", ({ text, want }) => {
    expect(text).toBe(want);
  });
});
