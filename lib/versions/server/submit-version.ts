import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding, downToCell } from "../../catalogue/small-cells";
import { roundPreview } from "../../previews/round-preview";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { storedJson } from "../../server/stored-json";
import type { submittedSchema } from "../contract";
import { refuse, stateRefusal } from "../refusal";
import { requireNextState } from "../state";
import { approvalsOf } from "./approvals";
import { findLiveVersion, refusalOfBase } from "./live-version";
import { loadReviewFacts } from "./review-facts";
import { takeEvidence } from "./take-evidence";
import { requireVersion, toVersion } from "./version-row";
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
  return ctx.db.$transaction(async (tx) => {
    await lockSegment(tx, segment.key);
    refuse(refusalOfBase(version, await findLiveVersion(tx, version.segmentId)));
    const sentBack = state === "changes_requested";
    await changeVersion(tx, version, {
      state: requireNextState(state, "submit"),
      evidence: storedJson(evidence),
      ...(sentBack ? { reviewCycle: version.reviewCycle + 1 } : {}),
      ...(note === undefined ? {} : { note }),
      submittedAt: ctx.now,
      updatedAt: ctx.now,
    });
    const submitted = await requireVersion(tx, id);
    const facts = await loadReviewFacts(tx, submitted);
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
      evidence: { ...evidence, preview: roundPreview(evidence.preview, customerRounding(ctx.actor)) },
      requiredApprovals: approvalsOf(facts),
    };
  });
}
