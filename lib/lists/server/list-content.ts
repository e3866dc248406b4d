import { createHash } from "node:crypto";
import { z } from "zod";
import type { Database, Transaction } from "../../server/database";
import { recentValues } from "../../server/recent-values";
import type { ListContent } from "../definition";

/** A version without what it holds. */
export type VersionHead = {
  readonly listKey: string;
  readonly number: number;
  readonly size: number;
  readonly contentHash: string;
};

const head = { listKey: true, number: true, size: true, contentHash: true } as const;

/** The newest version of each of the lists, of all without `keys`; lists that nobody uploaded to are left out. */
export async function newestHeads(
  db: Database | Transaction,
  keys?: readonly string[],
): Promise<ReadonlyMap<string, VersionHead>> {
  if (keys?.length === 0) return new Map();
  const versions = await db.managedListVersion.findMany({
    ...(keys && { where: { listKey: { in: [...keys] } } }),
    orderBy: [{ listKey: "asc" }, { number: "desc" }],
    distinct: ["listKey"],
    select: head,
  });
  return new Map(versions.map((version) => [version.listKey, version]));
}

export function findHead(db: Database | Transaction, listKey: string, number: number): Promise<VersionHead | null> {
  return db.managedListVersion.findUnique({ where: { listKey_number: { listKey, number } }, select: head });
}

const storedEntries = z.array(z.object({ customerId: z.string(), expiresAt: z.number().optional() }));
const keptEntries = 1_000_000;
const recent = recentValues<ListContent>("the contents of managed lists", keptEntries, ({ length }) => length);

/** After an erasure, which puts a keyed hash in place of a customer's id. */
export const forgetListContents = recent.clear;

/** What a version holds; its hash names that content for ever. */
export async function contentOf(db: Database | Transaction, version: VersionHead): Promise<ListContent> {
  const known = recent.find(version.contentHash);
  if (known) return known;
  const content = await readContent(db, version.listKey, version.number);
  recent.keep(version.contentHash, content);
  return content;
}

async function readContent(db: Database | Transaction, listKey: string, number: number): Promise<ListContent> {
  const row = await db.managedListVersion.findUniqueOrThrow({
    where: { listKey_number: { listKey, number } },
    select: { entries: true },
  });
  return storedEntries.parse(row.entries);
}

/** SHA-256 in hex of the entries in their order. */
export function contentHashOf(content: ListContent): string {
  const hash = createHash("sha256");
  for (const { customerId, expiresAt } of content) hash.update(`${JSON.stringify([customerId, expiresAt ?? null])}\n`);
  return hash.digest("hex");
}
