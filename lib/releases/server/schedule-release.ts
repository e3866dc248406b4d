import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import { wake } from "../../jobs/wake";
import { lockEnvironment } from "../../membership/server/revision-line";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { type Refusal, refuse } from "../../versions/refusal";
import { requireRightNow } from "../../versions/server/acting-person";
import { requireVersion } from "../../versions/server/version-row";
import type { VersionState } from "../../versions/state";
import type { scheduledSchema } from "../schedule-contract";
import { refusalOfInstant } from "../schedule-time";
import { type ScheduleRow, scheduleParts, toSchedule } from "./schedule-row";

export type ScheduleReleaseInput = {
  readonly id: string;
  readonly environment: string;
  readonly rollout?: number | undefined;
  readonly at: Date;
};

/** Its content is settled: approvals may still come until then. */
const schedulable: ReadonlySet<VersionState> = new Set(["in_review", "approved", "released"]);

/** Has a version released at an instant, if it may be released then: a schedule gives no rights. */
export async function scheduleRelease(
  ctx: Context,
  { id, environment: environmentKey, rollout: rolloutPercent = 100, at }: ScheduleReleaseInput,
): Promise<z.output<typeof scheduledSchema>> {
  requirePermission(ctx.actor, "version.release");
  refuse(refusalOfInstant(at, ctx.now));
  const { segment } = await requireVersion(ctx.db, id);
  const row = await ctx.db.$transaction(async (tx): Promise<ScheduleRow> => {
    await lockSegment(tx, segment.key);
    await lockEnvironment(tx, environmentKey);
    await requireRightNow(tx, ctx, "version.release");
    const version = await requireVersion(tx, id);
    refuse(refusalOfState(version.state));
    await requireNew(tx, { versionId: id, environmentKey, at });
    const scheduled = await tx.scheduledRelease.create({
      data: {
        ...{ versionId: id, environmentKey, rolloutPercent, at, contentHash: version.contentHash },
        ...{ createdById: ctx.actor.id, createdAt: ctx.now },
      },
      include: scheduleParts,
    });
    await wake(tx, "release-schedules");
    await recordAudit(tx, ctx, {
      action: "schedule.created",
      subject: { type: "segment", id: segment.key, name: segment.name },
      after: {
        ...{ schedule: scheduled.id, version: version.number, contentHash: version.contentHash },
        ...{ environment: environmentKey, rolloutPercent, at: at.toISOString() },
      },
    });
    return scheduled;
  });
  return { schedule: await toSchedule(ctx.db, ctx.now, row) };
}

function refusalOfState(state: VersionState): Refusal | null {
  if (schedulable.has(state)) return null;
  const message = `A version that is ${state.replace("_", " ")} is not scheduled: submit it first.`;
  return { code: "conflict", reason: "wrong-state", message };
}

async function requireNew(
  tx: Transaction,
  same: { readonly versionId: string; readonly environmentKey: string; readonly at: Date },
): Promise<void> {
  if ((await tx.scheduledRelease.count({ where: { ...same, state: "pending" } })) === 0) return;
  throw new DomainError("conflict", "This is scheduled already for that instant.", { reason: "already-scheduled" });
}
