import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyAudit } from "../lib/audit/server/verify-audit";
import { writeCheckpoint } from "../lib/audit/server/write-checkpoint";
import { createDatabase, type Database } from "../lib/server/database";
import { openSigningKeys } from "../lib/server/signing-key";
import { startThrowawayPostgres } from "../lib/server/throwaway-postgres";
import { fillAudit } from "../lib/testing/audit-chain";
import { deployMigrations } from "../prisma/migrate";
import { machine, type Timed, timed } from "./data/machine";

const entries = Number(process.argv[2] ?? 100_000);
const batch = 2_000;

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
  await db.$executeRaw`SET session_replication_role = replica`;
  await fillAudit(db, entries);
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
