import { DomainError } from "../../errors";
import type { Database } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import type { Actor } from "../actor";

type Way = { readonly via: "session" } | { readonly via: "token"; readonly tokenId: string };

export function actorOf(person: Person, way: Way): Actor {
  const { id, email, name, roles, teamKey } = person;
  return { id, email, name, team: teamKey, roles, ...way };
}

/** The person as they are now, whatever they were when the cookie was made; null when there is none who may act. */
export async function findActivePerson(db: Database, id: string): Promise<Person | null> {
  const person = await db.person.findUnique({ where: { id } });
  return person && person.disabledAt === null ? person : null;
}

export function unauthenticated(message = "Sign in first.", reason = "unauthenticated"): DomainError {
  return new DomainError("unauthenticated", message, { reason });
}
