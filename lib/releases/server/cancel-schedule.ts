import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import { requireRightNow } from "../../versions/server/acting-person";
import type { scheduledSchema } from "../schedule-contract";
import { scheduleParts, toSchedule } from "./schedule-row";

export async function cancelSchedule(ctx: Context, id: string): Promise<z.output<typeof scheduledSchema>> {
  requirePermission(ctx.actor, "version.release");
  const row = await ctx.db.$transaction(async (tx) => {
    await requireRightNow(tx, ctx, "version.release");
    const { count } = await tx.scheduledRelease.updateMany({
      where: { id, state: "pending" },
      data: { state: "cancelled", outcome: `Cancelled by ${ctx.actor.name}.`, settledAt: ctx.now },
    });
    const schedule = await tx.scheduledRelease.findUnique({ where: { id }, include: scheduleParts });
    if (!schedule) throw notFound("schedule", id);
    if (count === 0) {
      throw new DomainError("conflict", `The schedule is ${schedule.state} already.`, { reason: "wrong-state" });
    }
    const { key, name } = schedule.version.segment;
    await recordAudit(tx, ctx, {
      action: "schedule.cancelled",
      subject: { type: "segment", id: key, name },
      after: { schedule: id, version: schedule.version.number, environment: schedule.environmentKey },
    });
    return schedule;
  });
  return { schedule: await toSchedule(ctx.db, ctx.now, row) };
}
