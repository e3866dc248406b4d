import type { Database, Transaction } from "../../server/database";
import type { Role } from "../permissions";

/** Ids of the active people who hold any of the roles. */
export async function peopleWithRole(db: Database | Transaction, roles: readonly Role[]): Promise<string[]> {
  const people = await db.person.findMany({
    where: { disabledAt: null, roles: { hasSome: [...roles] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return people.map(({ id }) => id);
}
