import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Publication } from "./publish";

/** What is released, rolled back or emptied by hand ends the plans of the segment there. Needs the segment locked. */
export async function endPlans(
  tx: Transaction,
  { now }: Pick<Context, "now">,
  { environment, segmentId, kind, planId }: Pick<Publication, "environment" | "segmentId" | "kind" | "planId">,
): Promise<void> {
  await tx.rolloutPlan.updateMany({
    where: {
      environmentKey: environment.key,
      version: { segmentId },
      state: { in: ["running", "held"] },
      ...(planId !== undefined && { id: { not: planId } }),
    },
    data: { state: "cancelled", heldBecause: because[kind], nextAt: null, settledAt: now },
  });
}

const because = {
  release: "Another release took its place.",
  rollback: "The segment was rolled back.",
  kill: "The segment was emptied.",
  break_glass: "A release without approvals took its place.",
} as const satisfies Record<Publication["kind"], string>;
