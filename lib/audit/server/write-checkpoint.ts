import { z } from "zod";
import type { Database, Transaction } from "../../server/database";
import type { SigningKeys } from "../../server/signing-key";
import { noLine, signedText } from "../checkpoint";
import { appendCheckpoint, findLastCheckpoint, type LastCheckpoint } from "./checkpoint-files";

const settingKey = "audit.checkpoint";
const advisoryLock = 72_707_371;
const rememberedSchema = z.object({ sequence: z.int(), line: z.string() });

export type Witness = { readonly db: Database; readonly folder: string; readonly keys: SigningKeys };

/** The files tell of another chain than the database's: it was restored or rewritten, or the folder is another's. */
export class CheckpointConflict extends Error {
  constructor(sequence: number) {
    super(`The last checkpoint is of entry ${sequence}, which the database does not have so: verify the audit.`);
    this.name = "CheckpointConflict";
  }
}

/**
 * Signs where the chain stands and writes it beside the database, if it has grown since the last checkpoint. One
 * process writes at a time; another one that asks meanwhile leaves it at that. True when a line was written.
 */
export async function writeCheckpoint({ db, folder, keys }: Witness, now: Date): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ ours: boolean }[]>`SELECT pg_try_advisory_xact_lock(${advisoryLock}) AS ours`;
    if (!lock?.ours) return false;
    const last = await findLastCheckpoint(folder);
    const head = await tx.auditHead.findUnique({ where: { id: 1 } });
    if (last) await requireSameChain(tx, last);
    const sequence = Number(head?.sequence ?? 0);
    if (!head || sequence === 0 || sequence === last?.checkpoint.sequence) return false;
    const { keyId, sign } = keys;
    const unsigned = { sequence, hash: head.hash, at: now.toISOString(), previous: last?.lineHash ?? noLine, keyId };
    const line = await appendCheckpoint(folder, { ...unsigned, signature: sign(signedText(unsigned)) });
    await remember(tx, { sequence, line });
    return true;
  });
}

/** The last checkpoint that the database knows of; the files may be one ahead after a crash, and never behind. */
export async function rememberedCheckpoint(
  db: Database | Transaction,
): Promise<z.infer<typeof rememberedSchema> | null> {
  const row = await db.setting.findUnique({ where: { key: settingKey } });
  return row ? rememberedSchema.parse(row.value) : null;
}

async function requireSameChain(tx: Transaction, { checkpoint: { sequence, hash } }: LastCheckpoint): Promise<void> {
  const entry = await tx.auditEntry.findUnique({ where: { sequence }, select: { hash: true } });
  if (entry?.hash !== hash) throw new CheckpointConflict(sequence);
}

async function remember(tx: Transaction, value: z.infer<typeof rememberedSchema>): Promise<void> {
  await tx.setting.upsert({ where: { key: settingKey }, create: { key: settingKey, value }, update: { value } });
}
