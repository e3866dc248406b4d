import type { Database } from "../../server/database";
import type { AuditEntry } from "../../server/prisma/client";
import { genesisHash, linkFault, type StoredEntry } from "../chain";

export type AuditVerification = {
  ok: boolean;
  entries: number;
  brokenAt: { sequence: number; why: string } | null;
  head: string;
};

const entriesPerRead = 1_000;

/** Walks the chain from its first entry to its head and says where it breaks, if it does. */
export async function verifyAudit(db: Database): Promise<AuditVerification> {
  // One statement, so that head and newest entry are of one instant.
  const [head] = await db.$queryRaw<{ hash: string; sequence: bigint; newest: bigint | null }[]>`
    SELECT h."hash", h."sequence", (SELECT max(e."sequence") FROM "AuditEntry" e) AS newest
    FROM (VALUES (1)) one(id) LEFT JOIN "AuditHead" h ON h."id" = one.id`;
  const target = Number(head?.sequence ?? 0);
  const headHash = head?.hash ?? genesisHash;
  const newest = Number(head?.newest ?? 0);
  const broken = (entries: number, sequence: number, why: string) => ({
    ok: false,
    entries,
    brokenAt: { sequence, why },
    head: headHash,
  });

  let previous = { sequence: 0, hash: genesisHash };
  while (previous.sequence < target) {
    const rows = await db.auditEntry.findMany({
      where: { sequence: { gt: previous.sequence, lte: target } },
      orderBy: { sequence: "asc" },
      take: entriesPerRead,
    });
    if (rows.length === 0) break;
    for (const row of rows) {
      const fault = linkFault(previous, stored(row));
      if (fault) return broken(previous.sequence, Number(row.sequence), fault);
      previous = { sequence: Number(row.sequence), hash: row.hash };
    }
  }
  if (previous.sequence < target) return broken(previous.sequence, previous.sequence + 1, "the chain's end is missing");
  if (previous.hash !== headHash) return broken(previous.sequence, target, "the chain's head names another hash");
  if (newest > target) return broken(previous.sequence, target + 1, "it lies beyond the chain's head");
  return { ok: true, entries: previous.sequence, brokenAt: null, head: headHash };
}

export function stored(row: AuditEntry): StoredEntry {
  return { ...row, sequence: Number(row.sequence), at: row.at.toISOString() };
}
