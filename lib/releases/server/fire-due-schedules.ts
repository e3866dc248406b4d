import { systemActor } from "../../access/actor";
import { peopleWithRole } from "../../access/server/people-with-role";
import { recordAudit } from "../../audit/server/record";
import { isDomainError } from "../../errors";
import { notify } from "../../notices/server/notify";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import type { Database, Transaction } from "../../server/database";
import { log } from "../../server/log";
import { isTooLate } from "../schedule-time";
import { inWords, isPassing, settledMeanwhile } from "./later-release";
import { releaseVersion } from "./release-version";
import { type ScheduleRow, scheduleParts } from "./schedule-row";
import { scheduledActor } from "./scheduled-actor";

/**
 * Releases what is due, as whoever scheduled it, through every gate. A schedule is settled in the transaction of its
 * release: one that was cut off is still due, and one that was made is not made again.
 */
export async function fireDueSchedules(db: Database, now: Date): Promise<void> {
  const due = await db.scheduledRelease.findMany({
    where: { state: "pending", at: { lte: now } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    include: scheduleParts,
  });
  for (const schedule of due) {
    try {
      const refusal = isTooLate(schedule.at, now) ? tooLate(schedule) : await fire(db, now, schedule);
      if (refusal !== null) await refuse(db, now, schedule, refusal);
    } catch (error) {
      log.error({ err: error, schedule: schedule.id }, "a scheduled release could not be made");
    }
  }
}

/** Why it was refused, or null where it was released or is tried again. */
async function fire(db: Database, now: Date, schedule: ScheduleRow): Promise<string | null> {
  const { id, versionId, environmentKey, rolloutPercent, contentHash, createdById } = schedule;
  const actor = await scheduledActor(db, createdById);
  if (typeof actor === "string") return actor;
  try {
    const input = { id: versionId, environment: environmentKey, rollout: rolloutPercent };
    await releaseVersion({ db, now, actor }, input, {
      contentHash,
      within: async (tx, { release }) => {
        await settle(tx, id, { state: "fired", releaseId: release.id, settledAt: now });
        await tellFired(tx, now, schedule);
      },
    });
    return null;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return isPassing(error) ? null : inWords(error);
  }
}

function tooLate({ at }: ScheduleRow): string {
  return `It was due at ${at.toISOString()}, and more than an hour went by: release it, or schedule it anew.`;
}

async function refuse(db: Database, now: Date, schedule: ScheduleRow, outcome: string): Promise<void> {
  const { id, version, environment, createdById } = schedule;
  const { segment, number } = version;
  const ctx = { now, actor: systemActor };
  await db.$transaction(async (tx) => {
    const { count } = await tx.scheduledRelease.updateMany({
      where: { id, state: "pending" },
      data: { state: "refused", outcome, settledAt: now },
    });
    // Another process was faster.
    if (count === 0) return;
    await notify(tx, ctx, {
      to: [...new Set([createdById, ...(await peopleWithRole(tx, ["reviewer"]))])],
      kind: "schedule.refused",
      title: `${segment.name} v${number} was not released to ${environment.name}`,
      body: outcome,
      href: `/segments/${segment.key}`,
    });
    const told = { schedule: id, version: number, environment: environment.key, reason: outcome };
    await tellWebhooks(tx, ctx, { event: "schedule.refused", data: { segment: segment.key, ...told } });
    await recordAudit(tx, ctx, {
      action: "schedule.refused",
      subject: { type: "segment", id: segment.key, name: segment.name },
      after: told,
    });
  });
}

async function settle(
  tx: Transaction,
  id: string,
  data: { readonly state: "fired"; readonly releaseId: string; readonly settledAt: Date },
): Promise<void> {
  const { count } = await tx.scheduledRelease.updateMany({ where: { id, state: "pending" }, data });
  if (count !== 1) throw settledMeanwhile();
}

async function tellFired(
  tx: Transaction,
  now: Date,
  { createdById, environment, version: { number, segment } }: ScheduleRow,
): Promise<void> {
  await notify(
    tx,
    { now, actor: systemActor },
    {
      to: [createdById],
      kind: "schedule.fired",
      title: `${segment.name} v${number} was released to ${environment.name} as you scheduled`,
      href: `/segments/${segment.key}`,
    },
  );
}
