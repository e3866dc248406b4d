import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { getEngine } from "../../engine/server/engine-instance";
import { isDomainError } from "../../errors";
import type { Finding } from "../../findings";
import { artefactSchema } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { sizesOfMembers, sizesOfMoved, summable } from "../../previews/moved-money";
import { countDocument } from "../../previews/server/count-document";
import type { Database } from "../../server/database";
import { attributesToSum, type ImpactSize } from "../../versions/approval-policy";
import { impactSize } from "../../versions/change-facts";
import { refusalsOfRelease } from "../../versions/release-gates";
import { loadPolicies } from "../../versions/server/load-policies";
import { loadReleaseFacts } from "../../versions/server/release-facts";
import { loadReviewFacts } from "../../versions/server/review-facts";
import { artefactFor } from "../artefact-of";
import { type HoldReason, reasonsToHold } from "../reasons-to-hold";
import { knownWarnings, warningNames } from "../rollout-plan";
import { type PlanRow, stepsOf } from "./plan-row";

export type PlanCheck = {
  readonly reasons: readonly HoldReason[];
  /** What a step that is taken now records. */
  readonly warnings: readonly string[];
  readonly impact: ImpactSize | null;
};

/** Looks at everything that decides about a plan's next step, as it is now. */
export async function checkPlan(db: Database, now: Date, plan: PlanRow): Promise<PlanCheck> {
  const { environment, version, taken } = plan;
  const steps = stepsOf(plan);
  const rollout = steps[taken]?.percent ?? 100;
  const review = await loadReviewFacts(db, version);
  const facts = await loadReleaseFacts(db, { environment, now, rollout }, version, review);
  const findings = await findingsNow(db, now, plan);
  const impact = await impactNow(db, now, plan);
  const reasons = reasonsToHold({
    refusals: refusalsOfRelease(facts).map(({ message }) => message),
    ...{ findings, known: knownWarnings(steps), policies: review.policies, environment: environment.key },
    impact: { begun: steps[0]?.taken?.impact ?? null, now: impact },
    objectives: [],
  });
  return { reasons, warnings: warningNames(findings), impact };
}

async function findingsNow(db: Database, now: Date, plan: PlanRow): Promise<readonly Finding[]> {
  const { document } = plan.version;
  try {
    return (await countDocument(db, { document, environment: plan.environmentKey, asOf: now })).preview.findings;
  } catch (error) {
    if (isDomainError(error) && error.findings.length > 0) return error.findings;
    throw error;
  }
}

/** Of all that the plan serves at its end, against what was served before it began. */
async function impactNow(db: Database, now: Date, plan: PlanRow): Promise<ImpactSize | null> {
  const live = await findLiveArtefact(db, plan.environmentKey, plan.version.segment.key);
  if (!live) return null;
  const asOf = now.getTime();
  const engine = getEngine();
  const whole = guardedRuleOfArtefact(artefactFor(live.artefact, 100));
  const population = await engine.population();
  const former = await servedBefore(db, plan);
  const sums = summable(attributesToSum(await loadPolicies(db)), await loadCatalogue(db));
  if (!former) {
    const money = sizesOfMembers(await engine.sums(whole, sums, asOf));
    return impactSize({ population, before: 0, moved: await engine.count(whole, asOf) }, true, money);
  }
  const impact = await engine.impact(former, whole, asOf, { sums });
  const { entering, leaving, staying } = impact;
  const size = { population, before: leaving + staying, moved: entering + leaving };
  return impactSize(size, false, sizesOfMoved(impact.sums));
}

async function servedBefore(db: Database, { versionId, version, environmentKey, createdAt }: PlanRow) {
  const former = await db.release.findFirst({
    where: {
      environmentKey,
      segmentId: version.segmentId,
      versionId: { not: versionId },
      createdAt: { lte: createdAt },
    },
    orderBy: { revision: "desc" },
    select: { artefact: true },
  });
  return former && guardedRuleOfArtefact(artefactSchema.parse(former.artefact));
}
