import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import { wake } from "../../jobs/wake";
import type { Context } from "../../server/context";
import { storedJson } from "../../server/stored-json";
import { requireRightNow } from "../../versions/server/acting-person";
import type { changedPlanSchema, resumePlanSchema } from "../plan-contract";
import type { HoldReason } from "../reasons-to-hold";
import { acceptWarnings } from "../rollout-plan";
import { checkPlan } from "./check-plan";
import { changePlan, requirePlan, stepsOf, toPlan } from "./plan-row";
import { scheduledActor } from "./scheduled-actor";

export type ResumePlanInput = z.output<typeof resumePlanSchema> & { readonly id: string };

/**
 * Lets a rollout go on, if nothing holds it any more. New warnings may be let pass with a reason; what blocks, what a
 * gate refuses and an impact that has grown past a policy may not.
 */
export async function resumePlan(
  ctx: Context,
  { id, reason }: ResumePlanInput,
): Promise<z.output<typeof changedPlanSchema>> {
  requirePermission(ctx.actor, "version.release");
  const plan = await requirePlan(ctx.db, id);
  if (plan.state !== "held") {
    throw new DomainError("conflict", `The rollout is ${plan.state}: only one that is held is resumed.`, {
      reason: "wrong-state",
    });
  }
  const actor = await scheduledActor(ctx.db, plan.createdById);
  if (typeof actor === "string") throw stillHeld([{ message: actor, warning: null }]);
  const { reasons } = await checkPlan(ctx.db, ctx.now, plan);
  const warnings = reasons.flatMap(({ warning }) => warning ?? []);
  if (warnings.length < reasons.length || (reasons.length > 0 && reason === undefined)) throw stillHeld(reasons);
  const { version, environment, taken, heldBecause, nextAt } = plan;
  await ctx.db.$transaction(async (tx) => {
    await requireRightNow(tx, ctx, "version.release");
    await changePlan(tx, plan, {
      ...{ state: "running", heldBecause: "" },
      steps: acceptWarnings(stepsOf(plan), taken, warnings).map(storedJson),
      nextAt: nextAt && nextAt > ctx.now ? nextAt : ctx.now,
    });
    await wake(tx, "rollout-plans");
    await recordAudit(tx, ctx, {
      action: "rollout.resumed",
      subject: { type: "segment", id: version.segment.key, name: version.segment.name },
      before: { heldBecause },
      after: { plan: id, version: version.number, environment: environment.key, reason, accepted: warnings },
    });
  });
  return { plan: toPlan(await requirePlan(ctx.db, id)) };
}

function stillHeld(reasons: readonly HoldReason[]): DomainError {
  const words = reasons.map(({ message }) => message).join(" ");
  const canPass = reasons.every(({ warning }) => warning !== null);
  const message = canPass ? `${words} To let that pass, give a reason.` : words;
  return new DomainError("conflict", message, { reason: "still-held", detail: { canPass } });
}
