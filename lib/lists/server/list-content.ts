import { createHash } from "node:crypto";
import { z } from "zod";
import type { Database, Transaction } from "../../server/database";
import { processSingleton } from "../../server/process-singleton";
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
const kept = processSingleton<Map<string, ListContent>>("the contents of managed lists");

/** What a version holds. A hash names one content for ever, so contents are kept, those asked for last longest. */
export async function contentOf(db: Database | Transaction, version: VersionHead): Promise<ListContent> {
  const { listKey, number, contentHash } = version;
  const contents = kept.find() ?? new Map<string, ListContent>();
  kept.set(contents);
  const known = contents.get(contentHash);
  contents.delete(contentHash);
  const content = known ?? (await readContent(db, listKey, number));
  contents.set(contentHash, content);
  let entries = [...contents.values()].reduce((sum, each) => sum + each.length, 0);
  for (const [hash, each] of contents) {
    if (entries <= keptEntries || hash === contentHash) break;
    contents.delete(hash);
    entries -= each.length;
  }
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
