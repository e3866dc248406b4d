import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import { toPolicy } from "../../versions/server/load-policies";
import type { policyListSchema } from "../contract";
import { deciders, waitingChanges } from "./waiting-changes";

/** The policies in force or not, each with what is proposed of it. */
export async function listPolicies({ actor, db }: Context): Promise<z.input<typeof policyListSchema>> {
  requirePermission(actor, "segment.read");
  const rows = await db.approvalPolicy.findMany({ orderBy: { key: "asc" } });
  const waiting = await waitingChanges(db, "approval-policy");
  const changedBy = await deciders(
    db,
    rows.map(({ changeId }) => changeId),
  );
  return {
    items: rows.map((row) => ({
      ...toPolicy(row),
      updatedAt: row.updatedAt.toISOString(),
      changedBy: changedBy(row.changeId),
      pending: waiting.pendingOf(row.key),
    })),
    proposed: waiting.proposedBeside(rows.map(({ key }) => key)),
  };
}
