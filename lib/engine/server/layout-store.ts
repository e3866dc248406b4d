import type { DuckDBConnection } from "@duckdb/node-api";
import { type Attribute, type AttributeType, attributeTypes } from "../../catalogue/definition";
import { quoteIdentifier } from "../../rules/duckdb-layout";
import { createCustomerTables } from "../duckdb/customer-tables";
import { createIdentityTable } from "../duckdb/identities";
import { createImportTables, importColumn } from "../duckdb/imported";
import {
  attributeColumn,
  columnTypes,
  firstStorage,
  type Layout,
  layoutOf,
  profileColumns,
  type Storage,
  type StoredLayout,
} from "../duckdb/layout";
import { createLogTables } from "../duckdb/membership-log";
import { createMergeTable } from "../duckdb/merges";
import { addSpots, spotColumn } from "../duckdb/profile-spot";

const format = 1;

export async function createTables(connection: DuckDBConnection): Promise<void> {
  await inTransaction(connection, async () => {
    await connection.run(`
      CREATE TABLE IF NOT EXISTS state (format INTEGER NOT NULL, changed_at BIGINT);
      CREATE TABLE IF NOT EXISTS attributes (key VARCHAR NOT NULL, type VARCHAR NOT NULL, storage VARCHAR NOT NULL);
      CREATE TABLE IF NOT EXISTS dictionary (owner VARCHAR NOT NULL, code INTEGER NOT NULL, value VARCHAR NOT NULL);
      CREATE TABLE IF NOT EXISTS profiles (
        id VARCHAR NOT NULL, region USMALLINT, "consents:0" UBIGINT, "objections:0" UBIGINT
      );
      ${createLogTables};
      ${createCustomerTables};
      ${createImportTables};
      ${createIdentityTable};
      ${createMergeTable};
      ${addSpots};
      INSERT INTO state SELECT ${format}, NULL WHERE NOT EXISTS (FROM state)`);
  });
}

export async function readLayout(connection: DuckDBConnection): Promise<Layout> {
  const attributes = await connection.runAndReadAll("SELECT key, type, storage FROM attributes ORDER BY rowid");
  const dictionary = await connection.runAndReadAll("SELECT owner, code, value FROM dictionary ORDER BY owner, code");
  const stored: StoredLayout = {
    attributes: attributes.getRows().map(([key, type, storage]) => ({
      key: String(key),
      type: oneOf(attributeTypes, type),
      storage: oneOf(storages, storage),
    })),
    dictionary: dictionary.getRows().map(([owner, code, value]) => ({
      owner: String(owner),
      code: Number(code),
      value: String(value),
    })),
  };
  return layoutOf(stored);
}

const storages = Object.keys(columnTypes) as Storage[];

function oneOf<T extends string>(known: readonly T[], value: unknown): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Error(`The customer data was written by a newer version: it holds "${value}".`);
  return found;
}

/** Removes what a crash left between two steps of a change of storage. */
export async function dropStrayColumns(connection: DuckDBConnection, layout: Layout): Promise<void> {
  const known = new Set([importColumn, spotColumn, ...profileColumns(layout).map(({ name }) => name)]);
  const stored = await connection.runAndReadAll("SELECT name FROM pragma_table_info('profiles')");
  for (const [name] of stored.getRows())
    if (!known.has(String(name)))
      await connection.run(`ALTER TABLE profiles DROP COLUMN ${quoteIdentifier(String(name))}`);
}

/** A column without values costs nothing, however many rows there are. */
export async function addAttributeColumns(
  connection: DuckDBConnection,
  attributes: readonly Pick<Attribute, "key" | "type">[],
): Promise<void> {
  await inTransaction(connection, async () => {
    for (const { key, type } of attributes) await addAttributeColumn(connection, key, type);
  });
}

async function addAttributeColumn(connection: DuckDBConnection, key: string, type: AttributeType): Promise<void> {
  const storage = firstStorage[type];
  const column = quoteIdentifier(attributeColumn(key, storage));
  await connection.run(`ALTER TABLE profiles ADD COLUMN ${column} ${columnTypes[storage]}`);
  await connection.run("INSERT INTO attributes VALUES ($1, $2, $3)", [key, type, storage]);
}

export async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run("BEGIN TRANSACTION");
  try {
    const result = await work();
    await connection.run("COMMIT");
    return result;
  } catch (error) {
    await connection.run("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
