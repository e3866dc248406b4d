import { DomainError } from "../../errors";
import type { Transaction } from "../../server/database";

/**
 * The ids of the active admins, their rows locked: two changes that would each leave the other as the last one take
 * turns, and the second finds out. Rows that refer to them can still be written meanwhile.
 */
export async function lockActiveAdmins(tx: Transaction): Promise<string[]> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Person" WHERE 'admin' = ANY("roles") AND "disabledAt" IS NULL ORDER BY "id" FOR NO KEY UPDATE`;
  return admins.map(({ id }) => id);
}

/** Throws conflict where `leaving` is the only one of `admins`. */
export function requireAnotherAdmin(
  admins: readonly string[],
  leaving: { readonly id: string; readonly name: string },
) {
  if (admins.length === 0 || admins.some((id) => id !== leaving.id)) return;
  throw new DomainError("conflict", `${leaving.name} is the last active admin. Make another person an admin first.`, {
    reason: "last-admin",
  });
}
