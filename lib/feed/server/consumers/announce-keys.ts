import { keysChannel } from "../../../guards/server/keys-channel";
import type { Transaction } from "../../../server/database";

/** Once it commits, every process reads keys and where their consumers run anew. */
export async function announceKeys(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${keysChannel}, ${id})`;
}
