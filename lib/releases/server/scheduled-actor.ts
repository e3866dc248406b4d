import type { Actor } from "../../access/actor";
import { can } from "../../access/permissions";
import { actorOf } from "../../access/server/actor-of";
import type { Database } from "../../server/database";

/** The person who had something done later, with the rights that they have now; or why they may not do it any more. */
export async function scheduledActor(db: Database, personId: string): Promise<Actor | string> {
  const person = await db.person.findUniqueOrThrow({ where: { id: personId } });
  if (person.disabledAt !== null) return `The account of ${person.name} is disabled.`;
  if (!can(person, "version.release")) return `${person.name} may no longer release.`;
  return actorOf(person, { via: "schedule" });
}
