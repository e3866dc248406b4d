import { systemActor } from "../../access/actor";
import { isDomainError } from "../../errors";
import type { Database } from "../../server/database";
import { log } from "../../server/log";
import { afterStep } from "../rollout-plan";
import { checkPlan } from "./check-plan";
import { holdPlanBecause } from "./hold-plan";
import { inWords, isPassing } from "./later-release";
import { changePlan, type PlanRow, planParts, progressColumns, stepsOf } from "./plan-row";
import { releaseVersion } from "./release-version";
import { scheduledActor } from "./scheduled-actor";

/**
 * Takes the steps that are due, each as a release by whoever began the plan, or holds the plan and says why. A step is
 * noted in the transaction of its release: one that was cut off is still due, and none is taken twice.
 */
export async function advancePlans(db: Database, now: Date): Promise<void> {
  const due = await db.rolloutPlan.findMany({
    where: { state: "running", nextAt: { lte: now } },
    orderBy: [{ nextAt: "asc" }, { id: "asc" }],
    include: planParts,
  });
  for (const plan of due) {
    try {
      const because = await advance(db, now, plan);
      if (because !== null) await holdPlanBecause({ db, now, actor: systemActor }, plan, because);
    } catch (error) {
      if (isDomainError(error) && isPassing(error)) continue;
      log.error({ err: error, plan: plan.id }, "a step of a rollout could not be taken");
    }
  }
}

/** Why the plan is held, or null where its step was taken. */
async function advance(db: Database, now: Date, plan: PlanRow): Promise<string | null> {
  const { versionId, environmentKey, contentHash, taken, id: planId } = plan;
  const actor = await scheduledActor(db, plan.createdById);
  if (typeof actor === "string") return actor;
  const { reasons, warnings, impact } = await checkPlan(db, now, plan);
  if (reasons.length > 0) return reasons.map(({ message }) => message).join(" ");
  const steps = stepsOf(plan);
  const input = { id: versionId, environment: environmentKey, rollout: steps[taken]?.percent };
  try {
    await releaseVersion({ db, now, actor }, input, {
      ...{ contentHash, planId },
      within: async (tx, { release: { id: releaseId, revision } }) => {
        const step = { at: now.toISOString(), releaseId, revision, warnings: [...warnings], impact };
        await changePlan(tx, plan, progressColumns(afterStep(steps, taken, step), now));
      },
    });
    return null;
  } catch (error) {
    if (!isDomainError(error) || isPassing(error)) throw error;
    return inWords(error);
  }
}
