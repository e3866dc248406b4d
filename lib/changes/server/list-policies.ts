import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import { toPolicy } from "../../versions/server/load-policies";
import type { policyListSchema } from "../contract";

/** The policies in force or not, each with what is proposed of it. */
export async function listPolicies({ actor, db }: Context): Promise<z.input<typeof policyListSchema>> {
  requirePermission(actor, "segment.read");
  const rows = await db.approvalPolicy.findMany({
    orderBy: { key: "asc" },
    include: { change: { include: { decidedBy: true } } },
  });
  const open = await db.change.findMany({
    where: { kind: "approval-policy", state: "open" },
    orderBy: { number: "asc" },
  });
  const keys = new Set(rows.map(({ key }) => key));
  return {
    items: rows.map(({ change, ...row }) => ({
      ...toPolicy(row),
      updatedAt: row.updatedAt.toISOString(),
      changedBy: { number: change.number, author: change.authorName, decidedBy: change.decidedBy?.name ?? null },
      pending: open
        .filter(({ subjectId }) => subjectId === row.key)
        .map(({ id, number, authorName }) => ({ id, number, author: authorName })),
    })),
    proposed: open
      .filter(({ subjectId }) => !keys.has(subjectId))
      .map(({ id, number, subjectId, subjectName }) => ({ id, number, key: subjectId, name: subjectName })),
  };
}
