import type { Database, Transaction } from "../../../server/database";
import type { PublicKey } from "../../../server/signing-key";
import { feedSigningKeySchema } from "../../head-wire";
import type { KeyTimes } from "../../signing-order";
import { makeSigningKey, type SigningKey, sealSigningKey } from "./signing-key";

/** A key as PostgreSQL keeps it: its private part sealed. */
export type SigningKeyRow = KeyTimes & {
  readonly id: string;
  readonly publicKey: PublicKey;
  readonly sealed: string;
  readonly endorsement: string | null;
  readonly createdAt: Date;
};

const publicKeySchema = feedSigningKeySchema.pick({ kty: true, crv: true, x: true });

/** The newest first. */
export async function readSigningKeys(db: Database | Transaction): Promise<SigningKeyRow[]> {
  const rows = await db.feedSigningKey.findMany({ orderBy: { signsFrom: "desc" } });
  return rows.map((row) => ({ ...row, publicKey: publicKeySchema.parse(row.publicKey) }));
}

/** The same; whoever is the first to ask makes the first key. */
export async function requireSigningKeys(db: Database, secret: string, now: number): Promise<SigningKeyRow[]> {
  const known = await readSigningKeys(db);
  if (known.length > 0) return known;
  return db.$transaction(async (tx) => {
    await lockSigningKeys(tx);
    const rows = await readSigningKeys(tx);
    if (rows.length > 0) return rows;
    const at = new Date(now);
    await addSigningKey(tx, { key: await makeSigningKey(), secret, endorsement: null, createdAt: at, signsFrom: at });
    return readSigningKeys(tx);
  });
}

/** Held until the transaction ends: keys come one after the other. */
export async function lockSigningKeys(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('feed signing keys', 0))`;
}

type NewRow = Pick<SigningKeyRow, "endorsement" | "createdAt" | "signsFrom"> & {
  readonly key: SigningKey;
  readonly secret: string;
};

export async function addSigningKey(tx: Transaction, { key, secret, ...more }: NewRow): Promise<void> {
  const sealed = await sealSigningKey(key, secret);
  await tx.feedSigningKey.create({ data: { id: key.id, publicKey: key.publicKey, sealed, ...more } });
}
