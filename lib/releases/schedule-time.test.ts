import { expect, test } from "vitest";
import { isTooLate, refusalOfInstant } from "./schedule-time";

const now = new Date("2026-06-01T12:00:00.000Z");

test.each([
  ["2026-06-01T11:00:00.000Z", "too-soon"],
  ["2026-06-01T12:00:59.999Z", "too-soon"],
  ["2026-06-01T12:01:00.000Z", undefined],
  ["2027-06-01T12:00:00.000Z", undefined],
  ["2027-06-01T12:00:00.001Z", "too-far"],
])("a release may be scheduled for %s: %s", (at, reason) => {
  expect(refusalOfInstant(new Date(at), now)?.reason).toBe(reason);
});

test("what is more than an hour late is not released any more", () => {
  expect(isTooLate(new Date("2026-06-01T11:00:00.000Z"), now)).toBe(false);
  expect(isTooLate(new Date("2026-06-01T10:59:59.999Z"), now)).toBe(true);
});
