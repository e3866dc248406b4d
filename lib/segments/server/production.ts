import type { Database, Transaction } from "../../server/database";

/** The environment that counts: the last in the order of environments. */
export async function productionKey(db: Database | Transaction): Promise<string> {
  const last = await db.environment.findFirst({ orderBy: { position: "desc" }, select: { key: true } });
  return last?.key ?? "production";
}
