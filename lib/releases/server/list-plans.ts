import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { planListSchema, planQuerySchema } from "../plan-contract";
import { planParts, toPlan } from "./plan-row";

const most = 50;
const mostSettled = 10;

/** Those that go on first, then the latest that ended. */
export async function listPlans(
  ctx: Context,
  { environment, segment }: z.output<typeof planQuerySchema>,
): Promise<z.output<typeof planListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const where = {
    ...(environment === undefined ? {} : { environmentKey: environment }),
    ...(segment === undefined ? {} : { version: { segment: { key: segment } } }),
  };
  const [open, ended] = await Promise.all([
    ctx.db.rolloutPlan.findMany({
      where: { ...where, state: { in: ["running", "held"] } },
      orderBy: { createdAt: "desc" },
      take: most,
      include: planParts,
    }),
    ctx.db.rolloutPlan.findMany({
      where: { ...where, state: { in: ["done", "cancelled"] } },
      orderBy: { settledAt: "desc" },
      take: mostSettled,
      include: planParts,
    }),
  ]);
  return { items: [...open, ...ended].map(toPlan) };
}
