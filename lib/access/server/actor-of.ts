import { DomainError } from "../../errors";
import type { Person } from "../../server/prisma/client";
import type { Actor } from "../actor";
import { type SessionEnd, sessionEndWords } from "../session-end";

type Way = { readonly via: "session" | "schedule" } | { readonly via: "token"; readonly tokenId: string };

export function actorOf(person: Person, way: Way): Actor {
  const { id, email, name, roles, teamKey } = person;
  return { id, email, name, team: teamKey, roles, ...way };
}

export function unauthenticated(reason: SessionEnd): DomainError {
  return new DomainError("unauthenticated", sessionEndWords[reason], { reason });
}
