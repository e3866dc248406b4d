import type { Database, Transaction } from "../../server/database";
import type { Arrival } from "../silence-findings";

/** Of the attributes that are expected to come every so often; one that never came is waited for since it was added. */
export async function loadArrivals(db: Database | Transaction, attributes: readonly string[]): Promise<Arrival[]> {
  if (attributes.length === 0) return [];
  const rows = await db.attribute.findMany({
    where: { key: { in: [...new Set(attributes)] }, arrivesEveryHours: { not: null }, source: { not: "computed" } },
    select: { key: true, arrivesEveryHours: true, arrivedAt: true, createdAt: true },
  });
  return rows.map(({ key, arrivesEveryHours, arrivedAt, createdAt }) => {
    return { attribute: key, everyHours: arrivesEveryHours ?? 0, last: (arrivedAt ?? createdAt).getTime() };
  });
}
