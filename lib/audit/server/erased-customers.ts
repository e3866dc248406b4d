import { DomainError } from "../../errors";
import type { Database } from "../../server/database";
import { customerHash } from "./customer-subject";

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
      const hashOf = await customerHash(db);
      for (const id of ids) if (hashes.has(hashOf(id))) erased.add(id);
      return erased;
    },
  };
}

const known = new WeakMap<Database, ErasedCustomers>();
const namedAtMost = 20;

/** Throws invalid where something is about to be kept that names somebody who was erased; it says whom, as it was given. */
export async function requireNobodyErased(db: Database, ids: Iterable<string>): Promise<void> {
  const erased = known.get(db) ?? erasedCustomers(db);
  known.set(db, erased);
  if (!(await erased.isAnybody())) return;
  const found = [...(await erased.among([...ids]))];
  if (found.length === 0) return;
  throw new DomainError("invalid", `It names ${found.length} customers who were erased. Take them out and try again.`, {
    ...{ reason: "erased-customers", detail: { customers: found.slice(0, namedAtMost) } },
  });
}
