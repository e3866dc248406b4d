import type { z } from "zod";
import type { Engine } from "../../engine/engine";
import type { Context } from "../../server/context";
import { type Refusal, refuse } from "../../versions/refusal";
import { refusalOfDecision } from "../change-rules";
import type { Change, decideChangeSchema } from "../contract";
import { applyChange, lockForApplying } from "./apply-change";
import { changeItem, loadEverybody } from "./change-item";
import { type ChangeRow, proposedChange, requireChange, seenName } from "./change-row";
import { loadReviewers } from "./load-reviewers";
import { rowsOf } from "./stored-kinds";
import { tellOfChange } from "./tell-of-change";
import { lockChange, settleChange } from "./write-change";

export type DecideChangeInput = z.output<typeof decideChangeSchema> & { readonly id: string };

/**
 * A second person applies what was proposed, or rejects it, with their rights as they are in the transaction. Throws
 * conflict where what it would change is not what it was (`changed-since`).
 */
export async function decideChange(
  ctx: Context,
  input: DecideChangeInput,
  engine: Pick<Engine, "refresh">,
): Promise<{ change: Change }> {
  const { decision, comment } = input;
  const { kind, subjectId } = await requireChange(ctx.db, input.id);
  const row = await ctx.db.$transaction(async (tx) => {
    const reviews = decision === "apply" ? await lockForApplying(tx, kind, subjectId) : [];
    const change = await lockChange(tx, input.id);
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${ctx.actor.id} FOR SHARE`;
    const people = await loadReviewers(tx);
    const decider = people.find(({ id }) => id === ctx.actor.id) ?? null;
    refuse(refusalOfDecision(ctx.actor, decider, { change: proposedChange(change, people), people }));
    refuse(refusalOfUnseen(change, input.seen));
    const decided = { decidedById: ctx.actor.id, comment };
    if (decision === "apply") return applyChange(tx, ctx, change, { ...decided, reviews });
    const rejected = await settleChange(tx, ctx, change, { state: "rejected", ...decided });
    await tellOfChange(tx, ctx, rejected);
    return rejected;
  });
  if (row.state === "applied") await rowsOf(row.kind).afterwards?.(ctx, row.subjectId, engine);
  return { change: await changeItem(ctx, row, await loadEverybody(ctx)) };
}

function refusalOfUnseen(change: ChangeRow, seen: string): Refusal | null {
  if (seen === seenName(change)) return null;
  const message = "This is not the change that you looked at: look at it again.";
  return { code: "conflict", reason: "stale-change", message, detail: { seen: seenName(change) } };
}
