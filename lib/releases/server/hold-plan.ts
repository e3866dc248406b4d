import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import { notify } from "../../notices/server/notify";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import { storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { requireRightNow } from "../../versions/server/acting-person";
import type { changedPlanSchema, holdPlanSchema } from "../plan-contract";
import { changePlan, type PlanRow, requirePlan, toPlan } from "./plan-row";
import { ownerOf } from "./tell-owner";

export type HoldPlanInput = z.output<typeof holdPlanSchema> & { readonly id: string };

/** Keeps a rollout at the share that it has, until somebody resumes it. */
export async function holdPlan(
  ctx: Context,
  { id, reason }: HoldPlanInput,
): Promise<z.output<typeof changedPlanSchema>> {
  requirePermission(ctx.actor, "version.release");
  const plan = await requirePlan(ctx.db, id);
  if (plan.state !== "running") {
    throw new DomainError("conflict", `The rollout is ${plan.state}: only one that runs is held.`, {
      reason: "wrong-state",
    });
  }
  await holdPlanBecause(ctx, plan, reason);
  return { plan: toPlan(await requirePlan(ctx.db, id)) };
}

/** By a person, or by Steward itself. Throws a conflict where the plan has moved on. */
export async function holdPlanBecause(ctx: Context, plan: PlanRow, because: string): Promise<void> {
  const { id, version, environment, createdById, taken } = plan;
  const { segment, number } = version;
  await ctx.db.$transaction(async (tx) => {
    if (ctx.actor.via !== "system") await requireRightNow(tx, ctx, "version.release");
    await changePlan(tx, plan, { state: "held", heldBecause: because });
    const owners = await ownerOf(tx, storedDocument(version.document).owner);
    await notify(tx, ctx, {
      to: [...new Set([createdById, ...owners])],
      kind: "rollout.held",
      title: `The rollout of ${segment.name} v${number} in ${environment.name} is held`,
      body: because,
      href: `/segments/${segment.key}`,
    });
    const told = { plan: id, version: number, environment: environment.key, taken, reason: because };
    await tellWebhooks(tx, ctx, { event: "rollout.held", data: { segment: segment.key, ...told } });
    await recordAudit(tx, ctx, {
      action: "rollout.held",
      subject: { type: "segment", id: segment.key, name: segment.name },
      after: told,
    });
  });
}
