import type { Context } from "../../server/context";
import type { Database, Transaction } from "../../server/database";
import type { DataRequest } from "../../server/prisma/client";
import { type DataRequestItem, erasureProofSchema } from "../request-contract";
import { isOverdue } from "../request-order";

/** As screens and the API tell them, in their order. */
export async function requestItems(
  ctx: Pick<Context, "now"> & { readonly db: Database | Transaction },
  rows: readonly DataRequest[],
): Promise<DataRequestItem[]> {
  const ids = rows.flatMap(({ createdById, settledById }) => [createdById, settledById ?? ""]);
  const people = await ctx.db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...{ id: row.id, number: row.number, kind: row.kind, state: row.state, note: row.note },
    ...{ customer: row.customerId, customerHash: row.customerHash },
    receivedAt: row.receivedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    overdue: isOverdue(row, ctx.now),
    createdBy: names.get(row.createdById) ?? "Steward",
    settledBy: row.settledById === null ? null : (names.get(row.settledById) ?? "Steward"),
    settledAt: row.settledAt?.toISOString() ?? null,
    proof: erasureProofSchema.nullable().parse(row.proof),
  }));
}
