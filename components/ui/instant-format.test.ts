import { describe, expect, test } from "vitest";
import {
  dayMs,
  formatAgo,
  formatDuration,
  formatInstant,
  formatLongInstant,
  formatWhen,
  hourMs,
} from "./instant-format";

const thin = "\u202f";
const now = Date.parse("2026-11-21T14:32:07Z");

describe("an instant", () => {
  test.each([
    { text: formatInstant("2026-09-01T04:05:06Z"), want: "1 Sep 2026, 04:05 UTC" },
    { text: formatLongInstant(now), want: "Saturday 21 Nov 2026, 14:32 UTC" },
    { text: formatWhen(now - hourMs, now), want: "13:32" },
    { text: formatWhen(now - dayMs, now), want: "Fri" },
    { text: formatWhen(now - 12 * dayMs, now), want: "9 Nov" },
    { text: formatWhen(now + 2 * dayMs, now), want: "23 Nov" },
    { text: formatAgo(now, now), want: "now" },
    { text: formatAgo(now - 41_000, now), want: `41${thin}s ago` },
    { text: formatAgo(now + 3 * dayMs, now), want: `in 3${thin}d` },
    { text: formatDuration(38.4), want: `38${thin}ms` },
    { text: formatDuration(89_999), want: `89${thin}s` },
    { text: formatDuration(90_000), want: `1${thin}min` },
    { text: formatDuration(48 * hourMs), want: `2${thin}d` },
  ])("reads $want", ({ text, want }) => {
    expect(text).toBe(want);
  });
});
