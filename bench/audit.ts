import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entryHash, genesisHash } from "../lib/audit/chain";
import { verifyAudit } from "../lib/audit/server/verify-audit";
import { writeCheckpoint } from "../lib/audit/server/write-checkpoint";
import { createDatabase, type Database } from "../lib/server/database";
import { openSigningKeys } from "../lib/server/signing-key";
import { startThrowawayPostgres } from "../lib/server/throwaway-postgres";
import { deployMigrations } from "../prisma/migrate";
import { machine, type Timed, timed } from "./data/machine";

const entries = Number(process.argv[2] ?? 100_000);
const batch = 2_000;

/** An entry as a save of a draft leaves it. */
function entryOf(sequence: number) {
  const at = new Date(Date.UTC(2026, 0, 1) + sequence * 1_000).toISOString();
  const hash = createHash("sha256").update(String(sequence)).digest("hex");
  return {
    ...{ sequence, at, actorId: `person-${sequence % 9}`, actorName: "Maren Holt", via: "session" },
    ...{ action: "version.saved", subjectType: "segment", subjectId: `segment-${sequence % 300}` },
    subjectName: "Win-back: lapsed premium",
    before: { version: 3, state: "draft", contentHash: hash },
    after: { version: 3, state: "draft", contentHash: hash, draftRevision: 12, changed: ["definition", "name"] },
  };
}

async function fill(db: Database): Promise<void> {
  await db.$executeRaw`SET session_replication_role = replica`;
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

/** The least that has to be done: every row leaves the database as text, and its bytes are hashed. */
async function readAndHash(db: Database): Promise<string> {
  const hash = createHash("sha256");
  for (let from = 1; from <= entries; from += batch) {
    const rows = await db.$queryRaw<{ row: string }[]>`
      SELECT to_jsonb(e)::text AS row FROM "AuditEntry" e
      WHERE "sequence" BETWEEN ${from} AND ${from + batch - 1} ORDER BY "sequence"`;
    for (const { row } of rows) hash.update(row);
  }
  return hash.digest("hex");
}

function line(name: string, { milliseconds, processorMs }: Timed<unknown>): string {
  return `${name} ${(milliseconds / 1_000).toFixed(2)} s (own processor time ${(processorMs / 1_000).toFixed(2)} s)`;
}

const home = await mkdtemp(join(tmpdir(), "steward-bench-audit-"));
const postgres = await startThrowawayPostgres();
const db = createDatabase(postgres.url, 1);
try {
  await deployMigrations(postgres.url);
  await fill(db);
  const source = { folder: join(home, "checkpoints"), keys: await openSigningKeys(home) };
  await writeCheckpoint({ db, ...source }, new Date());
  console.log(machine());
  console.log(`${entries.toLocaleString("en-GB")} entries`);
  for (let round = 0; round < 3; round++) {
    const bare = await timed(() => readAndHash(db));
    const ours = await timed(() => verifyAudit(db, source));
    if (!ours.result.ok || ours.result.entries !== entries) throw new Error("The audit does not hold.");
    console.log(`${line("read and SHA-256", bare)}; ${line("Steward: verify", ours)}`);
  }
  console.log("bar: at most 10 s for 100,000 entries");
} finally {
  await db.$disconnect();
  await postgres.stop();
  await rm(home, { recursive: true });
}
