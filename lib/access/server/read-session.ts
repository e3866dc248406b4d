import { cookies } from "next/headers";
import { database } from "../../server/database";
import type { Actor } from "../actor";
import { actorOf, findActivePerson } from "./actor-of";
import { readSessionCookie } from "./session-cookie";

/** Who looks at a page, for server components; null when nobody is signed in. */
export async function readSession(): Promise<Actor | null> {
  const all = (await cookies()).getAll();
  const personId = await readSessionCookie(new Map(all.map(({ name, value }) => [name, value])));
  if (personId === null) return null;
  const person = await findActivePerson(database(), personId);
  return person ? actorOf(person, { via: "session" }) : null;
}
