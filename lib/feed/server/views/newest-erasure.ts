import type { Database, Transaction } from "../../../server/database";

/** The newest revision, up to one where that is given, that erased customers; 0 where there is none. */
export async function newestErasure(db: Database | Transaction, environment: string, upTo?: number): Promise<number> {
  const { _max } = await db.revision.aggregate({
    where: { environmentKey: environment, kind: "erasure", ...(upTo !== undefined && { number: { lte: upTo } }) },
    _max: { number: true },
  });
  return _max.number ?? 0;
}
