import type { Database, Transaction } from "../../server/database";
import { Prisma } from "../../server/prisma/client";

/** How many segments use each key of one kind, by what their live or newest document says. */
export async function segmentsByKey(
  db: Database | Transaction,
  kind: "attributes" | "purposes" | "regions" | "lists",
): Promise<ReadonlyMap<string, number>> {
  const column = Prisma.raw(`"${kind}"`);
  const rows = await db.$queryRaw<{ key: string; segments: number }[]>`
    SELECT "used" AS "key", count(*)::int AS "segments"
    FROM "Segment" CROSS JOIN LATERAL unnest(${column}) AS "used"
    WHERE "state" <> 'archived'
    GROUP BY 1`;
  return new Map(rows.map(({ key, segments }) => [key, segments]));
}
