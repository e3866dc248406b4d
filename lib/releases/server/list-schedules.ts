import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { Prisma } from "../../server/prisma/client";
import type { scheduleListSchema, scheduleQuerySchema } from "../schedule-contract";
import { scheduleParts, toSchedule } from "./schedule-row";

const most = 50;
const mostSettled = 10;

/** Pending ones by their instant, then those that are settled, the latest first. */
export async function listSchedules(
  ctx: Context,
  { environment, segment }: z.output<typeof scheduleQuerySchema>,
): Promise<z.output<typeof scheduleListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const where: Prisma.ScheduledReleaseWhereInput = {
    ...(environment === undefined ? {} : { environmentKey: environment }),
    ...(segment === undefined ? {} : { version: { segment: { key: segment } } }),
  };
  const include = scheduleParts;
  const [pending, settled] = await Promise.all([
    ctx.db.scheduledRelease.findMany({
      where: { ...where, state: "pending" },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      take: most,
      include,
    }),
    ctx.db.scheduledRelease.findMany({
      where: { ...where, state: { not: "pending" } },
      orderBy: { settledAt: "desc" },
      take: mostSettled,
      include,
    }),
  ]);
  return { items: await Promise.all([...pending, ...settled].map((row) => toSchedule(ctx.db, ctx.now, row))) };
}
