import type { Database, Transaction } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import type { Waiver } from "../waiver";

const unsettled = ["draft", "in_review", "changes_requested", "approved"] as const;

/**
 * The waivers of some segments that nobody has ended, expired or not. One that was granted by somebody who writes on
 * the segment does not count: nobody answers for a finding of their own.
 */
export async function listStandingWaivers(
  db: Database | Transaction,
  segments: readonly string[],
): Promise<readonly Waiver[]> {
  if (segments.length === 0) return [];
  const found = await db.waiver.findMany({
    where: { segmentKey: { in: [...segments] }, endedAt: null },
    orderBy: { id: "asc" },
  });
  if (found.length === 0) return [];
  const people = await db.person.findMany({ where: { id: { in: found.map(({ grantedById }) => grantedById) } } });
  const granters = new Map(people.map((person) => [person.id, person]));
  const writers = new Map<string, readonly Writer[]>();
  for (const segment of new Set(found.map(({ segmentKey }) => segmentKey))) {
    writers.set(segment, await writersOf(db, segment));
  }
  return found.flatMap(({ segmentKey: segment, findingCode, path, reason, until, grantedById }) => {
    const granter = granters.get(grantedById);
    if (!granter || isAmong(granter, writers.get(segment) ?? [])) return [];
    return [{ segment, findingCode, path, reason, until: until.getTime(), grantedBy: granter.name }];
  });
}

export type Writer = Pick<Person, "id" | "subject">;

/** Who wrote on a version of the segment that is not settled yet. */
export function writersOf(db: Database | Transaction, segment: string): Promise<Writer[]> {
  const version = { segment: { key: segment }, state: { in: [...unsettled] } };
  return db.person.findMany({
    where: { OR: [{ contributions: { some: { version } } }, { versions: { some: version } }] },
    select: { id: true, subject: true },
  });
}

/** A second account of the same sign-on is the same person. */
export function isAmong({ id, subject }: Writer, writers: readonly Writer[]): boolean {
  return writers.some((writer) => writer.id === id || (subject !== null && writer.subject === subject));
}
