import { createHmac, randomBytes } from "node:crypto";
import type { Database } from "../../server/database";

const settingKey = "audit.customerKey";
const keys = new WeakMap<Database, Promise<string>>();

/**
 * The name under which a customer stands in the record: a keyed hash, so that an erased customer's id is nowhere,
 * while whoever holds an id can still find the looks at it.
 */
export async function customerSubject(db: Database, customerId: string): Promise<string> {
  return (await customerHash(db))(customerId);
}

/** The same for many: the keyed hash of each text, hexadecimal. */
export async function customerHash(db: Database): Promise<(text: string) => string> {
  let reading = keys.get(db);
  if (!reading) {
    reading = installationKey(db);
    keys.set(db, reading);
    reading.catch(() => keys.delete(db));
  }
  const key = await reading;
  return (text) => createHmac("sha256", key).update(text).digest("hex");
}

async function installationKey(db: Database): Promise<string> {
  await db.setting.createMany({
    data: [{ key: settingKey, value: randomBytes(32).toString("hex") }],
    skipDuplicates: true,
  });
  const { value } = await db.setting.findUniqueOrThrow({ where: { key: settingKey } });
  return String(value);
}
