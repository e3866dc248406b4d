import { hash as digest } from "node:crypto";
import { entryHash, genesisHash } from "../audit/chain";
import type { Database, Transaction } from "../server/database";

const batch = 2_000;

/** An entry as a save of a draft leaves it. */
function entryOf(sequence: number) {
  const at = new Date(Date.UTC(2026, 0, 1) + sequence * 1_000).toISOString();
  const hash = digest("sha256", String(sequence));
  return {
    ...{ sequence, at, actorId: `person-${sequence % 9}`, actorName: "Maren Holt", via: "session" },
    ...{ action: "version.saved", subjectType: "segment", subjectId: `segment-${sequence % 300}` },
    subjectName: "Win-back: lapsed premium",
    before: { version: 3, state: "draft", contentHash: hash },
    after: { version: 3, state: "draft", contentHash: hash, draftRevision: 12, changed: ["definition", "name"] },
  };
}

/** So many entries that hold together, faster than verbs write them; as the owner with the triggers off. */
export async function fillAudit(db: Database | Transaction, entries: number): Promise<void> {
  let previousHash = genesisHash;
  for (let from = 1; from <= entries; from += batch) {
    const rows = Array.from({ length: Math.min(batch, entries - from + 1) }, (_, n) => {
      const entry = entryOf(from + n);
      const row = { ...entry, previousHash, hash: entryHash(previousHash, entry) };
      previousHash = row.hash;
      return row;
    });
    await db.$executeRaw`
      INSERT INTO "AuditEntry" SELECT * FROM jsonb_populate_recordset(NULL::"AuditEntry", ${JSON.stringify(rows)}::jsonb)`;
  }
  await db.auditHead.create({ data: { id: 1, sequence: entries, hash: previousHash } });
}
