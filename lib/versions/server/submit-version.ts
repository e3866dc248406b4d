import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding, downToCell } from "../../catalogue/small-cells";
import { notify } from "../../notices/server/notify";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { storedJson } from "../../server/stored-json";
import { asksInWords } from "../approval-policy";
import type { submittedSchema } from "../contract";
import { refusalOfBase } from "../possible";
import { refuse, stateRefusal } from "../refusal";
import { barOf, mayFill } from "../review-policy";
import { requireNextState } from "../state";
import { toldEvidence } from "../told-evidence";
import { approvalsOf } from "./approvals";
import { findLiveVersion } from "./live-version";
import { asksIn, loadReviewFacts, type ReviewFacts, toReviewer } from "./review-facts";
import { takeEvidence } from "./take-evidence";
import { requireVersion, toVersion, type VersionRow } from "./version-row";
import { changeVersion } from "./write-version";

/** Puts a version before reviewers with its evidence, or says at once everything that is in the way. */
export async function submitVersion(
  ctx: Context,
  { id, note }: { id: string; note?: string | undefined },
): Promise<z.output<typeof submittedSchema>> {
  requirePermission(ctx.actor, "version.submit");
  const version = await requireVersion(ctx.db, id);
  const { segment, state } = version;
  refuse(stateRefusal(state, "submit"));
  refuse(refusalOfBase(version, await findLiveVersion(ctx.db, version.segmentId)));
  const evidence = await takeEvidence(ctx, version);
  const measured = { takenAt: evidence.takenAt, basis: evidence.basis };
  return ctx.db.$transaction(async (tx) => {
    await lockSegment(tx, segment.key);
    refuse(refusalOfBase(version, await findLiveVersion(tx, version.segmentId)));
    const sentBack = state === "changes_requested";
    await changeVersion(tx, version, {
      state: requireNextState(state, "submit"),
      evidence: storedJson(evidence),
      measured: storedJson(measured),
      ...(sentBack ? { reviewCycle: version.reviewCycle + 1 } : {}),
      ...(note === undefined ? {} : { note }),
      submittedAt: ctx.now,
      updatedAt: ctx.now,
    });
    const submitted = await requireVersion(tx, id);
    const facts = await loadReviewFacts(tx, submitted);
    await askReviewers(tx, ctx, submitted, facts);
    await recordAudit(tx, ctx, {
      action: "version.submitted",
      subject: { type: "segment", id: segment.key, name: segment.name },
      before: { version: version.number, state },
      after: {
        ...{ version: version.number, state: submitted.state, contentHash: submitted.contentHash },
        members: downToCell(evidence.preview.members),
        note: submitted.note,
      },
    });
    return {
      version: toVersion(submitted),
      evidence: toldEvidence(evidence, customerRounding(ctx.actor)),
      requiredApprovals: approvalsOf(facts),
    };
  });
}

/** Tells those whose approval is asked for and would count. */
async function askReviewers(tx: Transaction, ctx: Context, version: VersionRow, facts: ReviewFacts): Promise<void> {
  const { id, number, segment, note, contentHash } = version;
  const asks = asksIn(facts.production, facts);
  const people = await tx.person.findMany({
    where: { disabledAt: null, roles: { hasSome: asks.map(({ role }) => role) } },
  });
  const able = people
    .map(toReviewer)
    .filter(
      (each) => barOf(each, facts.content) === null && asks.some((ask) => mayFill(each, ask, facts.content.ownerTeam)),
    );
  await notify(tx, ctx, {
    to: able.map((each) => each.id),
    kind: "review.requested",
    title: `${segment.name} v${number} waits for your review`,
    body: note,
    href: `/reviews/${id}`,
  });
  await tellWebhooks(tx, ctx, {
    event: "segment.submitted",
    data: { segment: segment.key, version: number, contentHash, asks: asksInWords(asks) },
  });
}
