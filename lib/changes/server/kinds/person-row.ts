import { lockActiveAdmins } from "../../../access/server/active-admins";
import { notFound } from "../../../errors";
import type { Database, Transaction } from "../../../server/database";
import type { Person } from "../../../server/prisma/client";

export async function requirePerson(db: Database | Transaction, id: string): Promise<Person> {
  const person = await db.person.findUnique({ where: { id } });
  if (!person) throw notFound("person", id);
  return person;
}

/** After the admins, in the one order that all take: who is the last of them may depend on it. */
export async function lockPerson(tx: Transaction, id: string): Promise<void> {
  await lockActiveAdmins(tx);
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${id} FOR NO KEY UPDATE`;
}
