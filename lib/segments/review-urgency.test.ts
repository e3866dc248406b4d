import { expect, test } from "vitest";
import { reviewUrgency, trendChange } from "./review-urgency";

const now = Date.parse("2026-11-21T12:00:00Z");

test.each([
  ["2026-11-09T00:00:00Z", "overdue"],
  ["2026-11-21T12:00:00Z", "overdue"],
  ["2026-12-05T12:00:00Z", "soon"],
  ["2026-12-05T12:00:01Z", "later"],
])("a review due at %s is %s", (dueAt, urgency) => {
  expect(reviewUrgency(dueAt, now)).toBe(urgency);
});

test.each([
  [[100, 90, 110], 0.1],
  [[0, 10], null],
  [[5], null],
  [[], null],
])("counts %j changed by %j", (trend, change) => {
  const got = trendChange(trend);
  if (change === null) expect(got).toBeNull();
  else expect(got).toBeCloseTo(change);
});
