import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import { countDocument } from "../../previews/server/count-document";
import type { Context } from "../../server/context";
import { requireVersion } from "../../versions/server/version-row";
import type { Released, releaseVersionSchema } from "../contract";
import { afterStep, type RolloutStep, warningNames } from "../rollout-plan";
import { progressColumns, requirePlan, toPlan } from "./plan-row";
import { releaseVersion } from "./release-version";

export type BeginPlanInput = Pick<z.output<typeof releaseVersionSchema>, "environment"> & {
  readonly id: string;
  readonly steps: readonly RolloutStep[];
};

/** Releases to the share of the first step; the others follow by themselves, each through every gate. */
export async function beginPlan(ctx: Context, { id, environment, steps }: BeginPlanInput): Promise<Released> {
  const [first] = steps;
  const { document, contentHash, segment, number } = await requireVersion(ctx.db, id);
  const { preview } = await countDocument(ctx.db, { document, environment, asOf: ctx.now, for: ctx.actor.id });
  const warnings = warningNames(preview.findings);
  const planId = randomUUID();
  const released = await releaseVersion(
    ctx,
    { id, environment, rollout: first?.percent },
    {
      contentHash,
      within: async (tx, { release, impact }) => {
        const { id: releaseId, revision } = release;
        const progress = afterStep(steps, 0, { at: ctx.now.toISOString(), releaseId, revision, warnings, impact });
        await tx.rolloutPlan.create({
          data: {
            ...{ id: planId, versionId: id, environmentKey: environment, contentHash },
            ...{ createdById: ctx.actor.id, createdAt: ctx.now },
            ...progressColumns(progress, ctx.now),
          },
        });
        await recordAudit(tx, ctx, {
          action: "rollout.begun",
          subject: { type: "segment", id: segment.key, name: segment.name },
          after: { plan: planId, version: number, environment, steps },
        });
      },
    },
  );
  return { ...released, plan: toPlan(await requirePlan(ctx.db, planId)) };
}
