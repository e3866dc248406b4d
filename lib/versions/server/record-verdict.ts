import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { notify } from "../../notices/server/notify";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { storedJson } from "../../server/stored-json";
import type { recordedVerdictSchema, recordVerdictSchema } from "../contract";
import { type Refusal, refuse } from "../refusal";
import { basisName, driftBetween, type Measured, type ReviewBasis } from "../review-basis";
import { refusalOfVerdict } from "../review-policy";
import { requireNextState } from "../state";
import { approvalsOf } from "./approvals";
import { measureReview } from "./measure-review";
import { loadReviewFacts, type ReviewFacts, toReviewer } from "./review-facts";
import { settleApproval, settleFirst } from "./settle-approval";
import { requireVersion, storedEvidence, toVersion, type VersionRow } from "./version-row";
import { changeVersion } from "./write-version";

export type RecordVerdictInput = z.output<typeof recordVerdictSchema> & { readonly id: string };

/** One person's verdict on the content they saw; the approval that completes what is asked for approves the version. */
export async function recordVerdict(
  ctx: Context,
  input: RecordVerdictInput,
): Promise<z.output<typeof recordedVerdictSchema>> {
  requirePermission(ctx.actor, "version.review");
  const seen = await requireVersion(ctx.db, input.id);
  const { segment } = seen;
  const measured = await measureReview(ctx, seen, ctx.actor.id);
  return ctx.db.$transaction(async (tx) => {
    await lockSegment(tx, segment.key);
    const { version, facts: before } = await settleFirst(tx, ctx, input.id, measured.basis.impact);
    const person = await tx.person.findUnique({ where: { id: ctx.actor.id } });
    refuse(refusalOfVerdict(ctx.actor, person && toReviewer(person), before.content, input.verdict));
    refuse(refusalOfHash(version.contentHash, input.contentHash) ?? refusalOfBasis(version, before, input.basis));
    // What was measured is the impact of the content as it was before the lock.
    refuse(refusalOfHash(version.contentHash, seen.contentHash));
    const { verdict, comment = "" } = input;
    await tx.verdict.create({
      data: {
        ...{ verdict, comment, versionId: version.id, personId: ctx.actor.id },
        ...{ contentHash: version.contentHash, reviewCycle: version.reviewCycle, createdAt: ctx.now },
        via: ctx.actor.tokenId ? `${ctx.actor.via}:${ctx.actor.tokenId}` : ctx.actor.via,
        basis: storedJson(before.basis),
      },
    });
    const facts = await loadReviewFacts(tx, version, measured.basis.impact);
    const state = await stateAfter(tx, ctx, version, { verdict, measured, facts });
    const decided = await requireVersion(tx, version.id);
    await tellOfVerdict(tx, ctx, decided, { verdict, comment });
    await recordAudit(tx, ctx, {
      action: `verdict.${verdict}`,
      subject: { type: "segment", id: segment.key, name: segment.name },
      before: { version: version.number, state: version.state },
      after: { version: version.number, state, contentHash: version.contentHash, comment },
    });
    return { version: toVersion(decided), approvals: approvalsOf(facts) };
  });
}

type Given = Pick<RecordVerdictInput, "verdict"> & { readonly measured: Measured; readonly facts: ReviewFacts };

async function stateAfter(tx: Transaction, ctx: Context, version: VersionRow, { verdict, measured, facts }: Given) {
  await changeVersion(tx, version, { measured: storedJson(measured), updatedAt: ctx.now });
  if (verdict === "approve") return settleApproval(tx, ctx, version, facts);
  const state = requireNextState(version.state, verdict);
  await changeVersion(tx, version, { state });
  return state;
}

const said = {
  approve: "approved",
  request_changes: "asked for changes on",
  reject: "rejected",
} as const satisfies Record<RecordVerdictInput["verdict"], string>;

async function tellOfVerdict(
  tx: Transaction,
  ctx: Context,
  version: VersionRow,
  { verdict, comment }: Pick<RecordVerdictInput, "verdict"> & { readonly comment: string },
): Promise<void> {
  const { id, number, segment, state, contentHash } = version;
  await notify(tx, ctx, {
    to: [...new Set([version.authorId, ...version.contributions.map(({ personId }) => personId)])],
    kind: "verdict.recorded",
    title: `${ctx.actor.name} ${said[verdict]} ${segment.name} v${number}`,
    body: comment,
    href: `/reviews/${id}`,
  });
  await tellWebhooks(tx, ctx, {
    event: "verdict.recorded",
    data: { segment: segment.key, version: number, verdict, state, contentHash },
  });
}

function refusalOfHash(now: string, seen: string): Refusal | null {
  if (now === seen) return null;
  const message = "The content has changed since you read it: look at it again.";
  return { code: "conflict", reason: "stale-content", message, detail: { contentHash: now } };
}

/** Whoever does not say what they looked at has looked at the evidence: then nothing may have moved since. */
function refusalOfBasis(
  version: VersionRow,
  { basis, policies }: ReviewFacts,
  named: string | undefined,
): Refusal | null {
  const now = basisName(basis, policies);
  const drift = driftSinceEvidence(version, basis, policies);
  if (named === undefined ? drift.length === 0 : named === now) return null;
  const message = `What this version stands on has changed since you looked: ${drift.join(" ") || "look at it again."}`;
  return { code: "conflict", reason: "stale-basis", message, detail: { basis: now, drift } };
}

export function driftSinceEvidence(
  version: Pick<VersionRow, "evidence">,
  now: ReviewBasis,
  policies: ReviewFacts["policies"],
): string[] {
  const basis = storedEvidence(version.evidence)?.basis;
  return basis ? driftBetween(basis, now, policies) : [];
}
