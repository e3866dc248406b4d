import { recordAudit } from "../../audit/server/record";
import { notify } from "../../notices/server/notify";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { ImpactSize } from "../approval-policy";
import type { Tally } from "../review-policy";
import { isOpen, requireNextState, type VersionEvent, type VersionState } from "../state";
import { loadReviewFacts, type ReviewFacts, tallyIn } from "./review-facts";
import { requireVersion, type VersionRow, versionParts } from "./version-row";
import { changeVersion } from "./write-version";

/**
 * Makes a version under review approved when it has what production asks for, and takes that back when it has it no
 * more. Approvals that stand on something else are void from then on, and those who gave them and who wrote the
 * version are told. Needs the segment locked; changes nothing for a version that is not under review.
 */
export async function settleApproval(
  tx: Transaction,
  ctx: Pick<Context, "actor" | "now">,
  version: VersionRow,
  facts: ReviewFacts,
): Promise<VersionState> {
  if (version.state !== "in_review" && version.state !== "approved") return version.state;
  const voided = await recordVoids(tx, ctx, version, facts);
  const event = eventOf(version.state, tallyIn(facts.production, facts));
  const state = event ? requireNextState(version.state, event) : version.state;
  if (event) await changeVersion(tx, version, { state, updatedAt: ctx.now });
  if (voided.length > 0 || event === "void") await tell(tx, ctx, { version, state, voided, facts });
  return state;
}

/** The version as it stands after that, with what decides about it. Needs the segment locked. */
export async function settleFirst(
  tx: Transaction,
  ctx: Pick<Context, "actor" | "now">,
  id: string,
  impact: ImpactSize | null,
): Promise<{ readonly version: VersionRow; readonly facts: ReviewFacts }> {
  const version = await requireVersion(tx, id);
  const facts = await loadReviewFacts(tx, version, impact);
  if ((await settleApproval(tx, ctx, version, facts)) === version.state) return { version, facts };
  const settled = await requireVersion(tx, id);
  return { version: settled, facts: await loadReviewFacts(tx, settled, impact) };
}

/**
 * Takes the approvals of the segment's other versions away, whoever gave them: those under review go back to it, and
 * those that another environment serves bring nothing to this one. Needs the segment locked.
 */
export async function voidApprovals(
  tx: Transaction,
  ctx: Pick<Context, "actor" | "now">,
  { segmentId, except, because }: { readonly segmentId: string; readonly except: string; readonly because: string },
): Promise<void> {
  const versions = await tx.version.findMany({
    where: { segmentId, id: { not: except }, state: { in: ["in_review", "approved", "released"] } },
    include: versionParts,
    orderBy: { number: "asc" },
  });
  for (const version of versions) {
    const facts = await loadReviewFacts(tx, version);
    const verdicts = facts.verdicts.map((cast) => ({ ...cast, voidedBy: cast.voidedBy ?? because }));
    if (isOpen(version.state)) await settleApproval(tx, ctx, version, { ...facts, verdicts });
    else await recordVoids(tx, ctx, version, { ...facts, verdicts });
  }
}

/** Where nothing is asked for, nobody has approved: a version goes from review to what takes it without. */
function eventOf(state: "in_review" | "approved", { asks, complete }: Tally): VersionEvent | null {
  if (state === "in_review") return complete && asks.length > 0 ? "approve" : null;
  return complete ? null : "void";
}

type Voided = { readonly personId: string; readonly person: string; readonly reason: string };

/** For good: that what was changed is changed back does not bring an approval back. */
async function recordVoids(
  tx: Transaction,
  { now }: Pick<Context, "now">,
  { contentHash, reviewCycle }: VersionRow,
  { verdicts }: ReviewFacts,
): Promise<Voided[]> {
  const fresh = verdicts.filter(
    ({ row, voidedBy, ...cast }) =>
      cast.verdict === "approve" &&
      voidedBy !== null &&
      row.voided === null &&
      cast.contentHash === contentHash &&
      cast.reviewCycle === reviewCycle,
  );
  const voided = fresh.map(({ id, row, voidedBy }) => ({
    verdictId: id,
    reason: voidedBy ?? "",
    person: { id: row.personId, name: row.person.name },
  }));
  await tx.approvalVoid.createMany({ data: voided.map(({ verdictId, reason }) => ({ verdictId, reason, at: now })) });
  return voided.map(({ person, reason }) => ({ personId: person.id, person: person.name, reason }));
}

async function tell(
  tx: Transaction,
  ctx: Pick<Context, "actor" | "now">,
  {
    version: { id, number, authorId, segment },
    state,
    voided,
    facts,
  }: {
    readonly version: VersionRow;
    readonly state: VersionState;
    readonly voided: readonly Voided[];
    readonly facts: ReviewFacts;
  },
): Promise<void> {
  const reasons = [...new Set(voided.map(({ reason }) => reason))];
  const detail = { version: number, state, voided: voided.map(({ person, reason }) => ({ person, reason })) };
  await notify(tx, ctx, {
    to: [
      ...new Set([authorId, ...facts.writers.map((person) => person.id), ...voided.map(({ personId }) => personId)]),
    ],
    kind: "approvals.voided",
    title: `${segment.name} v${number}: ${voided.length === 1 ? "an approval is" : "approvals are"} void`,
    body: reasons.join("\n") || "What is asked for has changed: more people must approve.",
    href: `/reviews/${id}`,
  });
  await tellWebhooks(tx, ctx, { event: "approvals.voided", data: { segment: segment.key, ...detail } });
  await recordAudit(tx, ctx, {
    action: "approvals.voided",
    subject: { type: "segment", id: segment.key, name: segment.name },
    after: detail,
  });
}
