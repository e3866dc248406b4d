import { createHmac, randomBytes } from "node:crypto";
import type { Database } from "../../server/database";

const settingKey = "audit.customerKey";
const keys = new WeakMap<Database, Promise<string>>();

/**
 * The name under which a customer stands in the record: a keyed hash, so that an erased customer's id is nowhere,
 * while whoever holds an id can still find the looks at it.
 */
export async function customerSubject(db: Database, customerId: string): Promise<string> {
  let key = keys.get(db);
  if (!key) {
    key = installationKey(db);
    keys.set(db, key);
    key.catch(() => keys.delete(db));
  }
  return createHmac("sha256", await key)
    .update(customerId)
    .digest("hex");
}

async function installationKey(db: Database): Promise<string> {
  await db.setting.createMany({
    data: [{ key: settingKey, value: randomBytes(32).toString("hex") }],
    skipDuplicates: true,
  });
  const { value } = await db.setting.findUniqueOrThrow({ where: { key: settingKey } });
  return String(value);
}
