import { customerSubject } from "../../audit/server/customer-subject";
import type { Database } from "../../server/database";

export type ErasedCustomers = {
  isAnybody(): Promise<boolean>;
  /** Those of the customers who were erased, as of now. */
  among(ids: readonly string[]): Promise<ReadonlySet<string>>;
};

/** Who was erased, in memory by keyed hash; read anew as soon as the database has more. */
export function erasedCustomers(db: Database): ErasedCustomers {
  let hashes: ReadonlySet<string> = new Set();

  async function isAnybody(): Promise<boolean> {
    if ((await db.erasedCustomer.count()) !== hashes.size) {
      const rows = await db.erasedCustomer.findMany({ select: { customerHash: true } });
      hashes = new Set(rows.map(({ customerHash }) => customerHash));
    }
    return hashes.size > 0;
  }

  return {
    isAnybody,
    async among(ids) {
      const erased = new Set<string>();
      if (!(await isAnybody())) return erased;
      for (const id of ids) if (hashes.has(await customerSubject(db, id))) erased.add(id);
      return erased;
    },
  };
}
