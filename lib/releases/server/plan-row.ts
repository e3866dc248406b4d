import { toPersonSummary } from "../../access/server/person-summary";
import { notFound } from "../../errors";
import type { Database, Transaction } from "../../server/database";
import type { Prisma } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import { versionParts } from "../../versions/server/version-row";
import type { Plan } from "../plan-contract";
import { type PlannedStep, type PlanProgress, plannedStepsSchema } from "../rollout-plan";
import { settledMeanwhile } from "./later-release";

export const planParts = {
  environment: true,
  version: { include: versionParts },
  createdBy: true,
} as const satisfies Prisma.RolloutPlanInclude;

export type PlanRow = Prisma.RolloutPlanGetPayload<{ include: typeof planParts }>;

export async function requirePlan(db: Database | Transaction, id: string): Promise<PlanRow> {
  const row = await db.rolloutPlan.findUnique({ where: { id }, include: planParts });
  if (!row) throw notFound("rollout plan", id);
  return row;
}

export function stepsOf({ steps }: Pick<PlanRow, "steps">): readonly PlannedStep[] {
  return plannedStepsSchema.parse(steps);
}

export function toPlan(row: PlanRow): Plan {
  const { id, contentHash, taken, state, heldBecause, version } = row;
  return {
    ...{ id, taken, state, heldBecause },
    environment: row.environmentKey,
    segment: { key: version.segment.key, name: version.segment.name },
    version: { id: version.id, number: version.number, contentHash },
    steps: stepsOf(row).map((step) => ({
      percent: step.percent,
      holdMinutes: step.holdMinutes,
      takenAt: step.taken?.at ?? null,
      revision: step.taken?.revision ?? null,
    })),
    nextAt: row.nextAt?.toISOString() ?? null,
    createdBy: toPersonSummary(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}

export function progressColumns({ steps, taken, state, nextAt }: PlanProgress, now: Date) {
  return {
    ...{ taken, state, nextAt },
    steps: steps.map(storedJson),
    settledAt: state === "done" ? now : null,
  };
}

/** Writes only if the plan is as it was when that was decided. */
export async function changePlan(
  tx: Transaction,
  { id, state, taken }: Pick<PlanRow, "id" | "state" | "taken">,
  data: Prisma.RolloutPlanUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await tx.rolloutPlan.updateMany({ where: { id, state, taken }, data });
  if (count !== 1) throw settledMeanwhile();
}
