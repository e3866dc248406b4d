import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { refusalOfEdit } from "../possible";
import type { rebasedSchema, rebaseSchema } from "../rebase-contract";
import { refuse } from "../refusal";
import { requireNextState } from "../state";
import { type PlannedRebase, planRebase } from "./plan-rebase";
import { requireVersion, toVersion, type VersionRow } from "./version-row";
import { changeVersion, documentColumns, recordContribution, requireDraftShape } from "./write-version";

export type RebaseInput = z.output<typeof rebaseSchema> & { readonly id: string };

/**
 * Puts a draft onto the version that is live: what either side changed since merges by field, and what both changed is
 * as chosen. It is an edit: a draft again, in the next round of review, whatever the version was before.
 */
export async function rebaseVersion(ctx: Context, input: RebaseInput): Promise<z.output<typeof rebasedSchema>> {
  requirePermission(ctx.actor, "segment.write");
  const { segment } = await requireVersion(ctx.db, input.id);
  return ctx.db.$transaction(async (tx) => {
    await lockSegment(tx, segment.key);
    const draft = await requireVersion(tx, input.id);
    refuse(refusalOfEdit(ctx.actor, draft.state));
    await requireNewest(tx, draft);
    if (draft.draftRevision !== input.basedOn) throw changed("Someone saved this draft after you had looked at it.");
    const planned = await planRebase(tx, draft, input.choices);
    const { live, merge } = requirePlan(planned, input.onto);
    const state = requireNextState(draft.state, "edit");
    const columns = documentColumns(requireDraftShape(merge.document, segment.key));
    await changeVersion(tx, draft, {
      ...{ ...columns, state, baseVersionId: live.id, submittedAt: null, updatedAt: ctx.now },
      reviewCycle: draft.reviewCycle + 1,
      draftRevision: draft.draftRevision + 1,
    });
    await recordContribution(tx, ctx, draft.id);
    const version = toVersion(await requireVersion(tx, draft.id));
    const merged = { taken: [...merge.taken], kept: [...merge.kept] };
    await recordAudit(tx, ctx, {
      action: "version.rebased",
      subject: { type: "segment", id: segment.key, name: segment.name },
      before: { version: draft.number, state: draft.state, base: draft.base?.number, contentHash: draft.contentHash },
      after: {
        ...{ version: draft.number, state, base: live.number, contentHash: columns.contentHash },
        ...{ ...merged, choices: input.choices ?? {} },
      },
    });
    return { version, merged };
  });
}

async function requireNewest(tx: Transaction, { segmentId, number }: VersionRow): Promise<void> {
  const newer = await tx.version.findFirst({ where: { segmentId, number: { gt: number } }, select: { id: true } });
  if (newer === null) return;
  throw new DomainError("conflict", `Version ${number} gave way to newer ones: open a draft from its content.`, {
    reason: "no-draft",
  });
}

function requirePlan(planned: PlannedRebase | null, onto: number | undefined): PlannedRebase {
  if (planned === null) {
    const message = "This draft stands on what is live: there is nothing to rebase.";
    throw new DomainError("conflict", message, { reason: "nothing-to-rebase" });
  }
  const { live, merge, plan } = planned;
  if (onto !== undefined && onto !== live.number) throw changed(`Version ${live.number} is live by now.`);
  if (merge.conflicts.length === 0) return planned;
  const labels = merge.conflicts.map(({ label }) => label).join(", ");
  throw new DomainError("conflict", `Both sides changed: ${labels}. Choose "live" or "draft" for each.`, {
    reason: "rebase-conflict",
    detail: plan,
  });
}

function changed(what: string): DomainError {
  return new DomainError("conflict", `${what} Look at it again.`, { reason: "changed" });
}
