import type { Database, Transaction } from "../../server/database";
import type { TransferRule } from "../transfer-rule";

export async function loadTransferRules(db: Database | Transaction): Promise<readonly TransferRule[]> {
  const rows = await db.transferRule.findMany({ orderBy: [{ fromKey: "asc" }, { toKey: "asc" }] });
  return rows.map(({ fromKey: from, toKey: to }) => ({ from, to }));
}
