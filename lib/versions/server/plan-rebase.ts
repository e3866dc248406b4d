import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { type DocumentMerge, type MergeChoices, mergeDocuments } from "../../segments/merge-documents";
import { storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Database, Transaction } from "../../server/database";
import { refusalOfBase } from "../possible";
import type { plannedRebaseSchema, RebasePlan } from "../rebase-contract";
import { nextState } from "../state";
import { findLiveVersionRow } from "./live-version";
import { requireVersion, toVersion, type VersionRow } from "./version-row";

export type PlannedRebase = { readonly live: VersionRow; readonly merge: DocumentMerge; readonly plan: RebasePlan };

/** Null where the version stands on what is live, or cannot be edited. */
export async function planRebase(
  db: Database | Transaction,
  draft: VersionRow,
  choices: MergeChoices = {},
): Promise<PlannedRebase | null> {
  const live = await findLiveVersionRow(db, draft.segmentId);
  if (live === null || refusalOfBase(draft, live) === null || !nextState(draft.state, "edit")) return null;
  const base = draft.baseVersionId === null ? null : await requireVersion(db, draft.baseVersionId);
  const merge = mergeDocuments(
    base && storedDocument(base.document),
    storedDocument(live.document),
    storedDocument(draft.document),
    choices,
  );
  const { taken, kept, conflicts } = merge;
  const plan = {
    ...{ version: toVersion(draft), live: toVersion(live), base: base && toVersion(base) },
    ...{ taken: [...taken], kept: [...kept], conflicts: [...conflicts] },
  };
  return { live, merge, plan };
}

/** What a rebase would do, for whoever has to choose; writes nothing. */
export async function previewRebase(
  ctx: Context,
  { id }: { id: string },
): Promise<z.output<typeof plannedRebaseSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const planned = await planRebase(ctx.db, await requireVersion(ctx.db, id));
  return { plan: planned?.plan ?? null };
}
