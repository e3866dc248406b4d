import type { Database, Transaction } from "../../server/database";
import type { AuditEntry } from "../../server/prisma/client";
import type { PublicKeys } from "../../server/signing-key";
import { genesisHash, linkFault, type StoredEntry } from "../chain";
import type { Checkpoint } from "../checkpoint";
import type { AuditVerification } from "../contract";
import { type AuditFault, checkCheckpoints } from "./check-checkpoints";
import { readCheckpointLines } from "./checkpoint-files";
import { rememberedCheckpoint } from "./write-checkpoint";

/** The checkpoints beside the database, and the keys that they may be signed by. */
export type CheckpointSource = { readonly folder: string; readonly keys: Pick<PublicKeys, "verifies"> };

type Head = {
  readonly sequence: number;
  readonly hash: string;
  readonly oldest: number;
  readonly newest: number;
};
type Place = { readonly sequence: number; readonly hash: string };

const entriesPerRead = 2_000;

/**
 * Walks the chain from its first entry to its head, beside the checkpoints where they are given, and says where it
 * breaks, if it does. What is appended meanwhile is left for the next time.
 */
export async function verifyAudit(db: Database | Transaction, source?: CheckpointSource): Promise<AuditVerification> {
  // What the database remembers was in the files before, and what the files have was in the chain before.
  const remembered = source ? await rememberedCheckpoint(db) : null;
  const files = source ? await checkCheckpoints(source.folder, source.keys, remembered) : null;
  const head = await readHead(db);
  const checkpoints = source && files ? soundCheckpoints(source.folder, files.count) : nothing();
  const { walked, fault } = await walk(db, head, checkpoints);
  await checkpoints.return(undefined);
  const brokenAt = fault ?? files?.fault ?? null;
  return {
    ...{ ok: brokenAt === null, entries: walked, brokenAt, head: head.hash },
    checkpoints: files && { count: files.count, torn: files.torn, last: files.last },
  };
}

export function stored(row: AuditEntry): StoredEntry {
  return { ...row, sequence: Number(row.sequence), at: row.at.toISOString() };
}

/** One statement, so that head, oldest and newest entry are of one instant. */
async function readHead(db: Database | Transaction): Promise<Head> {
  const [row] = await db.$queryRaw<{ [Name in keyof Head]: Head[Name] | bigint | null }[]>`
    SELECT h."hash", h."sequence", e.oldest, e.newest
    FROM (SELECT min("sequence") AS oldest, max("sequence") AS newest FROM "AuditEntry") e
    LEFT JOIN "AuditHead" h ON h."id" = 1`;
  return {
    hash: String(row?.hash ?? genesisHash),
    sequence: Number(row?.sequence ?? 0),
    oldest: Number(row?.oldest ?? 1),
    newest: Number(row?.newest ?? 0),
  };
}

async function walk(
  db: Database | Transaction,
  head: Head,
  checkpoints: AsyncGenerator<Checkpoint>,
): Promise<{ walked: number; fault: AuditFault | null }> {
  let previous: Place = { sequence: 0, hash: genesisHash };
  let due = await checkpoints.next();
  const broken = (fault: AuditFault) => ({ walked: previous.sequence, fault });
  for await (const entry of readEntries(db, head.sequence)) {
    const why = linkFault(previous, entry);
    if (why) return broken({ sequence: entry.sequence, why });
    while (!due.done && due.value.sequence <= entry.sequence) {
      if (due.value.hash !== entry.hash) return broken(rewritten(due.value));
      due = await checkpoints.next();
    }
    previous = entry;
  }
  const why = endFault(previous, head);
  if (why) return broken(why);
  if (!due.done) return broken(cutOff(due.value));
  return { walked: previous.sequence, fault: null };
}

function endFault(last: Place, { sequence, hash, oldest, newest }: Head): AuditFault | null {
  if (oldest < 1) return { sequence: oldest, why: "it lies before the chain's first entry" };
  if (last.sequence < sequence) return { sequence: last.sequence + 1, why: "the chain's end is missing" };
  if (last.hash !== hash) return { sequence, why: "the chain's head names another hash" };
  return newest > sequence ? { sequence: sequence + 1, why: "it lies beyond the chain's head" } : null;
}

function rewritten({ sequence, at }: Checkpoint): AuditFault {
  return { sequence, why: `the checkpoint of ${at} has another hash: the chain was computed anew` };
}

function cutOff({ sequence, at }: Checkpoint): AuditFault {
  return { sequence, why: `the checkpoint of ${at} has it, the chain ends before: its end was cut off` };
}

/** As one text for many rows: reading them column by column takes longer than hashing them. */
async function* readEntries(db: Database | Transaction, upTo: number): AsyncGenerator<StoredEntry> {
  for (let from = 1; from <= upTo; from += entriesPerRead) {
    const to = Math.min(upTo, from + entriesPerRead - 1);
    const [read]: { rows: string }[] = await db.$queryRaw`
      SELECT coalesce(json_agg(e ORDER BY "sequence"), '[]')::text AS rows
      FROM "AuditEntry" e WHERE "sequence" BETWEEN ${from} AND ${to}`;
    const rows: StoredEntry[] = JSON.parse(read?.rows ?? "[]");
    for (const row of rows) yield { ...row, at: new Date(row.at).toISOString() };
  }
}

async function* soundCheckpoints(folder: string, count: number): AsyncGenerator<Checkpoint> {
  let read = 0;
  for await (const { checkpoint } of readCheckpointLines(folder)) {
    if (read === count) return;
    if (checkpoint === null) continue;
    read++;
    yield checkpoint;
  }
}

async function* nothing(): AsyncGenerator<Checkpoint> {}
