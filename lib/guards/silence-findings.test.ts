import { expect, test } from "vitest";
import { silenceFindings } from "./silence-findings";

const now = Date.parse("2026-11-21T12:00:00Z");
const arrivals = [
  { attribute: "plan", everyHours: 24, last: now - 25 * 3_600_000 },
  { attribute: "spend", everyHours: 24, last: now - 24 * 3_600_000 },
];

test("an attribute that a segment uses and that has been silent for longer than it may be is a warning", () => {
  expect(silenceFindings(["plan", "spend"], arrivals, now)).toEqual([
    expect.objectContaining({
      code: "attribute-silent",
      severity: "warning",
      message: expect.stringContaining('"plan"'),
    }),
  ]);
});

test("one that no rule of it speaks of is none", () => {
  expect(silenceFindings(["spend", "city"], arrivals, now)).toEqual([]);
});
