import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { Prisma } from "../../server/prisma/client";
import { entryHash, genesisHash } from "../chain";
import { maskForAudit, storable } from "../mask";

export type AuditRecord = {
  /** "segment.created", "version.approved", …: the noun, a dot, what happened to it. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string; readonly name?: string };
  readonly before?: unknown;
  readonly after?: unknown;
};

/** Who is recorded: an actor, or somebody who is not one yet, as at a sign-in that failed. */
export type AuditContext = Pick<Context, "now"> & {
  readonly actor: {
    readonly id: string | null;
    readonly name: string;
    readonly via: string;
    readonly tokenId?: string;
  };
};

/**
 * Appends to the hash chain, in the transaction of the change. It holds the chain's head until that transaction ends,
 * so call it last: what comes after it keeps every other writer waiting.
 */
export async function recordAudit(tx: Transaction, ctx: AuditContext, entry: AuditRecord): Promise<void> {
  const head = await lockHead(tx);
  const { actor } = ctx;
  const before = maskForAudit(entry.before);
  const after = maskForAudit(entry.after);
  const chained = {
    sequence: head.sequence + 1,
    at: ctx.now.toISOString(),
    actorId: actor.id,
    actorName: actor.name,
    via: actor.tokenId ? `${actor.via}:${actor.tokenId}` : actor.via,
    action: entry.action,
    subjectType: entry.subject.type,
    subjectId: storable(entry.subject.id),
    subjectName: storable(entry.subject.name ?? ""),
  };
  const hash = entryHash(head.hash, { ...chained, before, after });
  await tx.auditEntry.create({
    data: { ...chained, before: column(before), after: column(after), previousHash: head.hash, hash },
  });
  await tx.auditHead.update({ where: { id: 1 }, data: { hash, sequence: chained.sequence } });
}

async function lockHead(tx: Transaction): Promise<{ sequence: number; hash: string }> {
  const read = () => tx.$queryRaw<{ sequence: bigint; hash: string }[]>`
    SELECT "sequence", "hash" FROM "AuditHead" WHERE "id" = 1 FOR UPDATE`;
  let [head] = await read();
  if (!head) {
    await tx.$executeRaw`
      INSERT INTO "AuditHead" ("id", "hash", "sequence") VALUES (1, ${genesisHash}, 0) ON CONFLICT DO NOTHING`;
    [head] = await read();
  }
  if (!head) throw new Error("The head of the audit chain could not be made.");
  return { sequence: Number(head.sequence), hash: head.hash };
}

function column(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
}
