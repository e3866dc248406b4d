import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import { isDomainError } from "../../errors";
import { namedReferences } from "../../guards/server/named-references";
import { roundPreview } from "../../previews/round-preview";
import { countDocument } from "../../previews/server/count-document";
import { productionKey } from "../../segments/server/production";
import { storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { attributesToSum } from "../approval-policy";
import type { Review } from "../contract";
import { refusalOfBase, refusalOfEdit, refusalOfSubmit, refusalOfWithdrawal } from "../possible";
import { asPossible } from "../refusal";
import { refusalOfVerdict } from "../review-policy";
import { toldEvidence } from "../told-evidence";
import { approvalsOf } from "./approvals";
import { findLiveVersionRow } from "./live-version";
import { loadPolicies } from "./load-policies";
import { driftSinceEvidence } from "./record-verdict";
import { releasePossibilities } from "./release-facts";
import { loadReviewFacts, toReviewer } from "./review-facts";
import { impactOfPreview } from "./take-evidence";
import { requireVersion, storedEvidence, toVersion, type VersionRow } from "./version-row";

/** The review screen in one answer; what is possible is decided by what the verbs decide by. */
export async function reviewView(ctx: Context, id: string, signal?: AbortSignal): Promise<Review> {
  requirePermission(ctx.actor, "segment.read");
  const version = await requireVersion(ctx.db, id);
  const [live, person, now] = await Promise.all([
    findLiveVersionRow(ctx.db, version.segmentId),
    ctx.db.person.findUnique({ where: { id: ctx.actor.id } }),
    countNow(ctx, version, signal),
  ]);
  const facts = await loadReviewFacts(ctx.db, version, now ? impactOfPreview(now.preview, now.money) : undefined);
  const { state } = version;
  const releaseTo = await releasePossibilities(ctx.db, ctx, version, facts);
  const round = customerRounding(ctx.actor);
  const evidence = storedEvidence(version.evidence);
  const reviewer = person && toReviewer(person);
  const writers = [version.authorId, ...version.contributions.map(({ personId }) => personId)];
  const rules = [version, ...(live ? [live] : [])].map(({ document }) => storedDocument(document).definition.rule);
  const references = await namedReferences(ctx.db, rules, version.segment.key);
  const anyRelease = releaseTo.find(({ allowed }) => allowed) ?? releaseTo.at(-1);
  return {
    version: toVersion(version),
    segment: { key: version.segment.key, name: version.segment.name },
    live: live && toVersion(live),
    references,
    evidence: evidence && toldEvidence(evidence, round),
    now: now && roundPreview(now.preview, round),
    approvals: approvalsOf(facts),
    drift: driftSinceEvidence(version, facts.basis, facts.policies),
    possible: {
      edit: asPossible(refusalOfEdit(ctx.actor, state)),
      submit: asPossible(refusalOfSubmit(ctx.actor, state) ?? refusalOfBase(version, live)),
      withdraw: asPossible(refusalOfWithdrawal(ctx.actor, { state, writers })),
      verdict: asPossible(refusalOfVerdict(ctx.actor, reviewer, facts.content, "request_changes")),
      release: { allowed: anyRelease?.allowed ?? false, why: anyRelease?.why ?? null },
    },
    releaseTo,
  };
}

/** What the evidence would say now; null once the version is no longer under review, or cannot be counted. */
async function countNow(ctx: Context, version: VersionRow, signal: AbortSignal | undefined) {
  if (version.state !== "in_review" && version.state !== "approved") return null;
  const environment = await productionKey(ctx.db);
  const sums = attributesToSum(await loadPolicies(ctx.db));
  const input = { document: version.document, environment, asOf: ctx.now, sums, for: ctx.actor.id };
  return countDocument(ctx.db, { ...input, ...(signal ? { signal } : {}) }).catch((error: unknown) => {
    if (isDomainError(error)) return null;
    throw error;
  });
}
