import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { requireRightNow } from "../../versions/server/acting-person";
import type { changedPlanSchema, holdPlanSchema } from "../plan-contract";
import { changePlan, requirePlan, toPlan } from "./plan-row";

export type CancelPlanInput = z.output<typeof holdPlanSchema> & { readonly id: string };

/** Ends a rollout at the share that it has. */
export async function cancelPlan(
  ctx: Context,
  { id, reason }: CancelPlanInput,
): Promise<z.output<typeof changedPlanSchema>> {
  requirePermission(ctx.actor, "version.release");
  const plan = await requirePlan(ctx.db, id);
  if (plan.state !== "running" && plan.state !== "held") {
    throw new DomainError("conflict", `The rollout is ${plan.state} already.`, { reason: "wrong-state" });
  }
  const { version, environmentKey, taken } = plan;
  await ctx.db.$transaction(async (tx) => {
    await requireRightNow(tx, ctx, "version.release");
    await changePlan(tx, plan, { state: "cancelled", heldBecause: reason, nextAt: null, settledAt: ctx.now });
    await recordAudit(tx, ctx, {
      action: "rollout.cancelled",
      subject: { type: "segment", id: version.segment.key, name: version.segment.name },
      after: { plan: id, version: version.number, environment: environmentKey, taken, reason },
    });
  });
  return { plan: toPlan(await requirePlan(ctx.db, id)) };
}
