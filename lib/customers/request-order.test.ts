import { expect, test } from "vitest";
import { byUrgency, dueAt, isOverdue } from "./request-order";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));

test("a request is due 30 days after it was received, and overdue when it is still open then", () => {
  expect(dueAt(day(1))).toEqual(day(31));
  const request = { state: "open" as const, dueAt: day(31), settledAt: null };
  expect([day(31), day(32)].map((now) => isOverdue(request, now))).toEqual([false, true]);
  expect(isOverdue({ ...request, state: "done" }, day(40))).toBe(false);
});

test("what is longest due comes first, and what is settled last", () => {
  const settled = { state: "done" as const, dueAt: day(1), settledAt: day(9) };
  const earlier = { state: "refused" as const, dueAt: day(1), settledAt: day(8) };
  const late = { state: "open" as const, dueAt: day(2), settledAt: null };
  const later = { state: "open" as const, dueAt: day(20), settledAt: null };
  expect([earlier, settled, later, late].toSorted(byUrgency)).toEqual([late, later, settled, earlier]);
});
