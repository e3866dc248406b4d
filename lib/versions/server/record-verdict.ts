import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { recordedVerdictSchema, recordVerdictSchema } from "../contract";
import { refuse } from "../refusal";
import { refusalOfVerdict, tally } from "../review-policy";
import { requireNextState } from "../state";
import { approvalsOf } from "./approvals";
import { loadReviewFacts, toReviewer } from "./review-facts";
import { requireVersion, toVersion } from "./version-row";
import { changeVersion } from "./write-version";

export type RecordVerdictInput = z.output<typeof recordVerdictSchema> & { readonly id: string };

/** One person's verdict on the content they saw; the approval that completes what is asked for approves the version. */
export async function recordVerdict(
  ctx: Context,
  input: RecordVerdictInput,
): Promise<z.output<typeof recordedVerdictSchema>> {
  requirePermission(ctx.actor, "version.review");
  const { segment } = await requireVersion(ctx.db, input.id);
  return ctx.db.$transaction(async (tx) => {
    await lockSegment(tx, segment.key);
    const version = await requireVersion(tx, input.id);
    const person = await tx.person.findUnique({ where: { id: ctx.actor.id } });
    const before = await loadReviewFacts(tx, version);
    refuse(refusalOfVerdict(ctx.actor, person && toReviewer(person), before.content, input.verdict));
    refuse(refusalOfHash(version.contentHash, input.contentHash));
    const { verdict, comment = "" } = input;
    await tx.verdict.create({
      data: {
        ...{ verdict, comment, versionId: version.id, personId: ctx.actor.id },
        ...{ contentHash: version.contentHash, reviewCycle: version.reviewCycle, createdAt: ctx.now },
      },
    });
    const after = await loadReviewFacts(tx, version);
    const { complete } = tally(after.verdicts, after.content, after.required.count);
    const state = verdict === "approve" && !complete ? version.state : requireNextState(version.state, verdict);
    await changeVersion(tx, version, { state, updatedAt: ctx.now });
    const decided = toVersion(await requireVersion(tx, version.id));
    await recordAudit(tx, ctx, {
      action: `verdict.${verdict}`,
      subject: { type: "segment", id: segment.key, name: segment.name },
      before: { version: version.number, state: version.state },
      after: { version: version.number, state, contentHash: version.contentHash, comment },
    });
    return { version: decided, approvals: approvalsOf(after) };
  });
}

function refusalOfHash(now: string, seen: string) {
  if (now === seen) return null;
  const message = "The content has changed since you read it: look at it again.";
  return { code: "conflict", reason: "stale-content", message, detail: { contentHash: now } } as const;
}
