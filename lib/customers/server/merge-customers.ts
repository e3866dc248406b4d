import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import type { MergePair } from "../../engine/customer-records";
import type { Engine } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import type { MembershipCause } from "../../membership/cause";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { CustomerMerge } from "../../server/prisma/client";
import type { mergedSchema, mergeInputSchema, mergeListSchema } from "../identity-contract";

export type MergeInput = z.output<typeof mergeInputSchema> & { readonly from: string };

export type Following = {
  readonly engine: Pick<Engine, "get" | "merge" | "unmerge">;
  /** Has membership follow those whom it moved. */
  readonly touch: (customers: readonly string[], cause: MembershipCause) => void;
};

type Merged = z.input<typeof mergedSchema>;

/**
 * The record says so first, then the store does it: whatever cuts this off between the two, the same call again
 * completes it, and nobody is merged without a record.
 */
export async function mergeCustomers(ctx: Context, input: MergeInput, following: Following): Promise<Merged> {
  requirePermission(ctx.actor, "customer.write");
  const { from, into, reason } = input;
  const begun = await ctx.db.customerMerge.findFirst({ where: { fromId: from, intoId: into, undoneAt: null } });
  const row = begun ?? (await recordMerge(ctx, { from, into, reason }, following.engine));
  await following.engine.merge({ from, into }, ctx.now.getTime());
  following.touch([from, into], "merge");
  return { merge: await answerOf(ctx, row) };
}

/** Gives both back what they had. What the merged customer has been part of since is parted from them first. */
export async function unmergeCustomers(ctx: Context, id: string, following: Following): Promise<Merged> {
  requirePermission(ctx.actor, "customer.write");
  const row = await ctx.db.$transaction(async (tx) => {
    const found = await tx.customerMerge.findUnique({ where: { id } });
    if (!found) throw notFound("merge", id);
    if (found.undoneAt !== null) return found;
    await lockCustomers(tx, { from: found.fromId, into: found.intoId });
    await requireNewest(tx, found);
    const undone = await tx.customerMerge.update({
      where: { id },
      data: { undoneById: ctx.actor.id, undoneAt: ctx.now },
    });
    await record(tx, ctx, "customer.unmerged", found);
    return undone;
  });
  const pair = { from: row.fromId, into: row.intoId };
  await following.engine.unmerge(pair, ctx.now.getTime());
  following.touch([pair.from, pair.into], "merge");
  return { merge: await answerOf(ctx, row) };
}

export async function listMerges(ctx: Context, customerId: string): Promise<z.input<typeof mergeListSchema>> {
  requirePermission(ctx.actor, "customer.read");
  const rows = await ctx.db.customerMerge.findMany({
    where: { OR: [{ fromId: customerId }, { intoId: customerId }] },
    orderBy: [{ mergedAt: "desc" }, { id: "desc" }],
  });
  return { items: await Promise.all(rows.map((row) => answerOf(ctx, row))) };
}

async function recordMerge(
  ctx: Context,
  { from, into, reason }: MergeInput,
  engine: Pick<Engine, "get">,
): Promise<CustomerMerge> {
  if (from === into)
    throw new DomainError("invalid", "A customer is not merged into themselves.", { reason: "same-customer" });
  for (const id of [from, into]) if (!(await engine.get(id))) throw notFound("customer", id);
  return ctx.db.$transaction(async (tx) => {
    await lockCustomers(tx, { from, into });
    const taken = await tx.customerMerge.findFirst({ where: { fromId: { in: [from, into] }, undoneAt: null } });
    if (taken)
      throw new DomainError("conflict", "One of the two has been merged into another customer meanwhile.", {
        reason: "already-merged",
      });
    const data = { fromId: from, intoId: into, reason, mergedById: ctx.actor.id, mergedAt: ctx.now };
    const row = await tx.customerMerge.create({ data });
    await record(tx, ctx, "customer.merged", row);
    return row;
  });
}

/** Two merges of one customer come one after the other. */
async function lockCustomers(tx: Transaction, { from, into }: MergePair): Promise<void> {
  for (const id of [from, into].sort())
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`customer ${id}`}, 0))`;
}

/** Ids go up with time. What was merged last is parted first, so that each of them gets back what they had. */
async function requireNewest(tx: Transaction, { id, intoId }: CustomerMerge): Promise<void> {
  const later = await tx.customerMerge.findFirst({
    where: {
      ...{ id: { not: id }, undoneAt: null },
      OR: [{ fromId: intoId }, { intoId, id: { gt: id } }],
    },
  });
  if (later)
    throw new DomainError("conflict", "The customer has been merged with another since: part those two first.", {
      ...{ reason: "merged-since", detail: { merge: later.id } },
    });
}

async function record(tx: Transaction, ctx: Context, action: string, row: CustomerMerge): Promise<void> {
  const [from, into] = [await customerSubject(ctx.db, row.fromId), await customerSubject(ctx.db, row.intoId)];
  await recordAudit(tx, ctx, {
    ...{ action, subject: { type: "customer", id: into } },
    after: { merge: row.id, from, into, reason: row.reason },
  });
}

async function answerOf(ctx: Context, row: CustomerMerge): Promise<Merged["merge"]> {
  const person = await ctx.db.person.findUnique({ where: { id: row.mergedById }, select: { name: true } });
  return {
    ...{ id: row.id, from: row.fromId, into: row.intoId, reason: row.reason },
    mergedBy: person?.name ?? "Steward",
    mergedAt: row.mergedAt.toISOString(),
    undoneAt: row.undoneAt?.toISOString() ?? null,
  };
}
