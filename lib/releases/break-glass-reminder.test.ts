import { expect, test } from "vitest";
import { reminderOf } from "./break-glass-reminder";

const dueAt = new Date("2026-06-02T12:00:00.000Z");

test.each<[string, string | null, string | null]>([
  ["2026-06-02T07:59:59.999Z", null, null],
  ["2026-06-02T08:00:00.000Z", null, "soon"],
  ["2026-06-02T09:00:00.000Z", "2026-06-02T08:00:00.000Z", null],
  ["2026-06-02T12:00:00.000Z", "2026-06-02T08:00:00.000Z", "overdue"],
  ["2026-06-02T12:00:00.000Z", null, "overdue"],
  ["2026-06-03T12:00:00.000Z", "2026-06-02T12:00:00.000Z", null],
])("at %s, last reminded at %s: %s", (now, remindedAt, reminder) => {
  expect(reminderOf({ dueAt, remindedAt: remindedAt === null ? null : new Date(remindedAt) }, new Date(now))).toBe(
    reminder,
  );
});
