import { wake } from "../../jobs/wake";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { refuse } from "../../versions/refusal";
import { lockReviews, resettleReviews } from "../../versions/server/recheck-reviews";
import { isSameState } from "../change-kind";
import { type ChangeKind, rulesOf } from "../change-kinds";
import { changedSince } from "./change-item";
import type { ChangeRow } from "./change-row";
import { rowsOf } from "./stored-kinds";
import { tellOfChange } from "./tell-of-change";
import { settleChange } from "./write-change";

/** The versions under review whose segments are locked. */
type Reviews = readonly string[];

export type Decision = {
  readonly decidedById: string | null;
  readonly comment: string;
  /** As `lockForApplying` gave them. */
  readonly reviews: Reviews;
};

/** Holds still what applying a change touches, in the order of locks: reviews, then what is changed. */
export async function lockForApplying(tx: Transaction, kind: ChangeKind, subjectId: string): Promise<Reviews> {
  const rows = rowsOf(kind);
  const reviews = rows.resettles ? await lockReviews(tx) : [];
  await rows.lock(tx, subjectId);
  return reviews;
}

/**
 * Makes what is proposed so, if what it changes is still what it was, and lets reviews follow from it. The change is
 * applied before what it changes is: the database asks for that. Whether somebody may is settled before.
 */
export async function applyChange(
  tx: Transaction,
  ctx: Context,
  change: ChangeRow,
  { reviews, ...decision }: Decision,
): Promise<ChangeRow> {
  const { id, kind, subjectId, before } = change;
  const rows = rowsOf(kind);
  const found = await rows.find(tx, subjectId);
  refuse(isSameState(found.state, before) ? null : changedSince);
  const after = rulesOf(kind).schema.parse(change.after);
  await rows.check(tx, subjectId, after);
  const applied = await settleChange(tx, ctx, change, { state: "applied", ...decision });
  await rows.apply(tx, ctx, { subjectId, after, changeId: id });
  if (rows.resettles) {
    await resettleReviews(tx, ctx, reviews);
    await wake(tx, "recheck-reviews");
  }
  await tellOfChange(tx, ctx, applied);
  return applied;
}
