import { segmentsByKey } from "../../catalogue/server/usage";
import type { RoundCustomers } from "../../catalogue/small-cells";
import { notFound } from "../../errors";
import type { Database, Transaction } from "../../server/database";
import type { ListItem } from "../contract";

const newest = {
  orderBy: { number: "desc" },
  take: 1,
  select: { number: true, size: true, createdAt: true },
} as const;

/** All lists, or the one with the key. */
export async function listItems(db: Database | Transaction, round: RoundCustomers, key?: string): Promise<ListItem[]> {
  const rows = await db.managedList.findMany({
    ...(key === undefined ? {} : { where: { key } }),
    include: { versions: newest },
    orderBy: { name: "asc" },
  });
  const segments = await segmentsByKey(db, "lists");
  return rows.map((row) => ({
    ...{ key: row.key, name: row.name, description: row.description },
    version: row.versions[0]?.number ?? 0,
    size: round(row.versions[0]?.size ?? 0),
    updatedAt: (row.versions[0]?.createdAt ?? row.createdAt).toISOString(),
    segments: segments.get(row.key) ?? 0,
  }));
}

export async function requireListItem(
  db: Database | Transaction,
  round: RoundCustomers,
  key: string,
): Promise<ListItem> {
  const [item] = await listItems(db, round, key);
  if (!item) throw notFound("list", key);
  return item;
}
