import { systemActor } from "../../access/actor";
import { approvingRoles } from "../../access/permissions";
import { peopleWithRole } from "../../access/server/people-with-role";
import { notify } from "../../notices/server/notify";
import type { Database } from "../../server/database";
import { reminderOf } from "../break-glass-reminder";
import { type BrokenRow, brokenParts } from "./break-glass-row";

/** Reminds of releases without approvals that nobody has looked at: when four hours are left, and when none are. */
export async function remindBreakGlass(db: Database, now: Date): Promise<void> {
  const open = await db.breakGlassReview.findMany({ where: { closedAt: null }, include: brokenParts });
  for (const row of open) {
    const reminder = reminderOf(row, now);
    if (reminder) await remind(db, now, row, reminder);
  }
}

const words = {
  soon: "Four hours are left to say whether that was justified.",
  overdue: "It is overdue to say whether that was justified.",
} as const;

async function remind(db: Database, now: Date, row: BrokenRow, reminder: keyof typeof words): Promise<void> {
  const { releaseId, remindedAt, release } = row;
  const { segment, number } = release.version;
  await db.$transaction(async (tx) => {
    const where = { releaseId, closedAt: null, remindedAt };
    const { count } = await tx.breakGlassReview.updateMany({ where, data: { remindedAt: now } });
    // Another process was faster, or somebody has closed it.
    if (count === 0) return;
    await notify(
      tx,
      { now, actor: systemActor },
      {
        to: await peopleWithRole(tx, [...approvingRoles, "admin"]),
        kind: "break-glass.reminder",
        title: `${segment.name} v${number} was released to ${release.environment.name} without its approvals`,
        body: words[reminder],
        href: `/segments/${segment.key}`,
      },
    );
  });
}
