import type { Transaction } from "../../server/database";

/** A team that is named for the first time is made, called by its key. */
export async function ensureTeam(tx: Transaction, key: string | null): Promise<void> {
  if (key !== null) await tx.team.createMany({ data: [{ key, name: key }], skipDuplicates: true });
}
