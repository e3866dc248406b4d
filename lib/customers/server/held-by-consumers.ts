import { toldByRight } from "../../guards/server/told-consumers";
import { presentInstances, slowestHeld } from "../../membership/held-revision";
import type { Context } from "../../server/context";
import type { Prisma } from "../../server/prisma/client";
import type { CustomerLookup } from "../contract";

type HeldByConsumer = CustomerLookup["consumers"][number];

/** What each consumer of an environment holds, against the revision at which a customer last moved. */
export async function heldByConsumers(
  ctx: Context,
  environmentKey: string,
  movedAt: number | null,
): Promise<HeldByConsumer[]> {
  const good = { environmentKey, revokedAt: null, ...toldByRight };
  const [consumers, movedBy] = await Promise.all([
    ctx.db.consumer.findMany({
      where: { keys: { some: good } },
      orderBy: { name: "asc" },
      select: { key: true, name: true, keys: { where: good, include: { receipts: true } } },
    }),
    releasedBy(ctx, environmentKey, movedAt),
  ]);
  return consumers.map(({ key, name, keys }) => {
    const [most] = keys.map(heldOf).toSorted((a, b) => (b.revision ?? -1) - (a.revision ?? -1));
    const { pulled, activated, revision = null, toldOfMembers } = most ?? {};
    return {
      ...{ key, name, pulledRevision: pulled?.revision ?? null, pulledAt: isoOf(pulled?.at) },
      ...{ activatedRevision: activated?.revision ?? null, activatedAt: isoOf(activated?.at) },
      holds: holding(revision, toldOfMembers ? movedAt : movedBy),
    };
  });
}

type KeyRow = Prisma.ConsumerKeyGetPayload<{ include: { receipts: true } }>;

/** What its slowest reader activated where one said so, otherwise what was pulled. */
function heldOf({ lastPulledRevision, lastPulledAt, receipts, rights }: KeyRow) {
  const hasPulled = lastPulledRevision !== null && lastPulledAt !== null;
  const pulled = hasPulled ? { revision: lastPulledRevision, at: lastPulledAt.getTime() } : null;
  const heard = receipts.map(({ instance, activated, activatedAt, receivedAt }) => ({
    ...{ instance, activated, activatedAt: activatedAt?.getTime() ?? null, receivedAt: receivedAt.getTime() },
  }));
  const activated = slowestHeld(presentInstances(heard));
  const revision = (activated ?? pulled)?.revision ?? null;
  return { pulled, activated, revision, toldOfMembers: rights.includes("members") };
}

function holding(revision: number | null, needed: number | null): HeldByConsumer["holds"] {
  if (revision === null) return "nothing";
  return needed === null || revision >= needed ? "current" : "earlier";
}

/**
 * The newest release until then. Who evaluates the rules itself needs no more: it judges the customer by what it knows
 * of them, not by what it was told of members.
 */
async function releasedBy(ctx: Context, environmentKey: string, movedAt: number | null): Promise<number | null> {
  if (movedAt === null) return null;
  const where = { environmentKey, kind: { not: "membership" }, number: { lte: movedAt } };
  const newest = await ctx.db.revision.findFirst({ where, orderBy: { number: "desc" }, select: { number: true } });
  return newest?.number ?? null;
}

function isoOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
