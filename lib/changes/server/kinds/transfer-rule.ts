import { DomainError } from "../../../errors";
import { keysChannel } from "../../../guards/server/keys-channel";
import { transferContentSchema, transferOf } from "../../../guards/transfer-rule";
import type { Database, Transaction } from "../../../server/database";
import { storedKind } from "../stored-kind";

export const storedTransferRuleKind = storedKind({
  schema: transferContentSchema,
  // The whole table, as a new one has no row to hold yet; readers do not wait.
  lock: (tx) => tx.$queryRaw`SELECT 1 FROM "TransferRule" ORDER BY "fromKey", "toKey" FOR UPDATE`,
  async find(db, name) {
    const { from, to, words } = await requireWay(db, name);
    const row = await db.transferRule.findUnique({ where: { fromKey_toKey: { fromKey: from, toKey: to } } });
    if (!row) return { name: words, state: null };
    return { name: words, state: transferContentSchema.parse({ allowed: true, ground: row.ground, note: row.note }) };
  },
  async check(tx, name, { allowed }) {
    const { from: fromKey, to: toKey, words } = await requireWay(tx, name);
    if (allowed || (await tx.transferRule.count({ where: { fromKey, toKey } })) > 0) return;
    throw new DomainError("invalid", `${words} is not allowed as it is.`, { reason: "nothing-changes" });
  },
  async apply(tx, { now }, { subjectId: name, after: { allowed, ground, note }, changeId }) {
    const { from: fromKey, to: toKey } = await requireWay(tx, name);
    const where = { fromKey_toKey: { fromKey, toKey } };
    const content = { ground, note, changeId, updatedAt: now };
    if (allowed) await tx.transferRule.upsert({ where, create: { fromKey, toKey, ...content }, update: content });
    else await tx.transferRule.delete({ where });
    // What keys are served follows from it: the feed reads them anew.
    await tx.$executeRaw`SELECT pg_notify(${keysChannel}, ${name})`;
  },
});

async function requireWay(db: Database | Transaction, name: string) {
  const way = transferOf(name);
  const regions = way ? await db.region.findMany({ where: { key: { in: [way.from, way.to] } } }) : [];
  const nameOf = new Map(regions.map((region) => [region.key, region.name]));
  const [from, to] = [nameOf.get(way?.from ?? ""), nameOf.get(way?.to ?? "")];
  if (way && from !== undefined && to !== undefined) return { ...way, words: `From ${from} to ${to}` };
  throw new DomainError("invalid", `A transfer is between two of the catalogue's regions, as "eu>us", not "${name}".`, {
    reason: "unknown-region",
  });
}
