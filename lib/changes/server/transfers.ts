import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { transferContentSchema, transferName } from "../../guards/transfer-rule";
import type { Context } from "../../server/context";
import type { Change } from "../contract";
import type { proposeTransferSchema, transferListSchema } from "../guard-contract";
import { proposeChange } from "./propose-change";
import { deciders, waitingChanges } from "./waiting-changes";

const { ground: groundSchema } = transferContentSchema.shape;

/** Which ways between regions are open, on what ground, and what is proposed. */
export async function listTransfers({ actor, db }: Context): Promise<z.input<typeof transferListSchema>> {
  requirePermission(actor, "segment.read");
  const rows = await db.transferRule.findMany({ orderBy: [{ fromKey: "asc" }, { toKey: "asc" }] });
  const waiting = await waitingChanges(db, "transfer-rule");
  const changedBy = await deciders(
    db,
    rows.map(({ changeId }) => changeId),
  );
  const ways = rows.map(({ fromKey: from, toKey: to }) => ({ from, to }));
  return {
    items: rows.map(({ fromKey: from, toKey: to, ground, note, updatedAt, changeId }) => ({
      ...{ from, to, note, ground: groundSchema.parse(ground), updatedAt: updatedAt.toISOString() },
      changedBy: changedBy(changeId),
      pending: waiting.pendingOf(transferName({ from, to })),
    })),
    proposed: waiting.proposedBeside(ways.map(transferName)),
  };
}

/** To open a way, to change its ground, or to close it. */
export async function proposeTransfer(
  ctx: Context,
  { from, to, reason, ...after }: z.output<typeof proposeTransferSchema>,
): Promise<{ change: Change }> {
  return proposeChange(ctx, { kind: "transfer-rule", subjectId: transferName({ from, to }), after, reason });
}
