import { cookies } from "next/headers";
import { database } from "../../server/database";
import type { Actor } from "../actor";
import { actorOf } from "./actor-of";
import { findSession, type SessionOutcome } from "./find-session";

/** Whose session a page is asked for in, or why there is none; for server components. */
export async function readOwnSession(): Promise<SessionOutcome> {
  const all = (await cookies()).getAll();
  return findSession(database(), new Map(all.map(({ name, value }) => [name, value])), new Date());
}

/** Who looks at a page, for server components; null when nobody is signed in. */
export async function readSession(): Promise<Actor | null> {
  const session = await readOwnSession();
  return "ended" in session ? null : actorOf(session.person, { via: "session" });
}
