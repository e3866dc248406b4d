const beforeMs = 4 * 3_600_000;

type Open = { readonly dueAt: Date; readonly remindedAt: Date | null };

/** Which reminder of an open review is due now: one when four hours are left, one when it is overdue. */
export function reminderOf({ dueAt, remindedAt }: Open, now: Date): "soon" | "overdue" | null {
  if (now >= dueAt) return remindedAt === null || remindedAt < dueAt ? "overdue" : null;
  const isSoon = dueAt.getTime() - now.getTime() <= beforeMs;
  return isSoon && remindedAt === null ? "soon" : null;
}
