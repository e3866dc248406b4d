import type { Database, Transaction } from "../../server/database";

/** What came in of one target from one source. */
export type Arrivals = {
  /** "key:ID" of a consumer's key, or "import". */
  readonly source: string;
  readonly target: string;
  readonly accepted: number;
  readonly repeated: number;
  /** Accepted more than an hour after they happened. */
  readonly late: number;
  /** By code. */
  readonly rejected: ReadonlyMap<string, number>;
};

const hourMs = 3_600_000;

/** Adds to the counts of the hour of `at`; several processes may at once. */
export async function recordArrivals(
  db: Database | Transaction,
  { source, target, accepted, repeated, late, rejected }: Arrivals,
  at: Date,
): Promise<void> {
  const hour = new Date(Math.floor(at.getTime() / hourMs) * hourMs);
  const all = [...rejected.values()].reduce((sum, count) => sum + count, 0);
  const codes = JSON.stringify(Object.fromEntries(rejected));
  await db.$executeRaw`
    INSERT INTO "IngestHour" AS h ("hour", "source", "target", "accepted", "repeated", "late", "rejected", "codes")
    VALUES (${hour}, ${source}, ${target}, ${accepted}, ${repeated}, ${late}, ${all}, ${codes}::jsonb)
    ON CONFLICT ("hour", "source", "target") DO UPDATE SET
      "accepted" = h."accepted" + EXCLUDED."accepted",
      "repeated" = h."repeated" + EXCLUDED."repeated",
      "late" = h."late" + EXCLUDED."late",
      "rejected" = h."rejected" + EXCLUDED."rejected",
      "codes" = (
        SELECT coalesce(jsonb_object_agg(code, count), '{}'::jsonb) FROM (
          SELECT code, sum(count::bigint) AS count
          FROM (SELECT * FROM jsonb_each_text(h."codes") UNION ALL SELECT * FROM jsonb_each_text(EXCLUDED."codes"))
            AS each(code, count)
          GROUP BY code) AS summed)`;
}

/** That values of these attributes came just now. */
export async function recordValues(db: Database | Transaction, attributes: Iterable<string>, at: Date): Promise<void> {
  const keys = [...attributes];
  if (keys.length > 0) await db.attribute.updateMany({ where: { key: { in: keys } }, data: { arrivedAt: at } });
}
