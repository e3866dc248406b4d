import { type DuckDBConnection, INTEGER, LIST, listValue, VARCHAR } from "@duckdb/node-api";
import { quoteIdentifier, type SqlColumn } from "../../rules/duckdb-layout";
import {
  attributeColumn,
  attributeOwner,
  bitColumn,
  columnTypes,
  type DictionaryLimits,
  dictionaryLimits,
  type Layout,
  purposeOwner,
  regionOwner,
  wordsFor,
} from "../duckdb/layout";
import { setOfBits } from "../duckdb/past-profile";
import { inTransaction, readLayout } from "./layout-store";
import { boundValues } from "./run-statement";

/** Values about to be stored; those already in a dictionary may be among them. */
export type Additions = {
  readonly regions: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
  /** By attribute, for strings and string sets. */
  readonly texts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Attributes known to have too many values, whatever `texts` holds. */
  readonly plain?: ReadonlySet<string>;
};

/** Gives every value a code or bit, in a transaction of its own. What has too many values becomes plain text. */
export async function growLayout(
  connection: DuckDBConnection,
  layout: Layout,
  additions: Additions,
  limits: DictionaryLimits = dictionaryLimits,
): Promise<Layout> {
  const regions = unknown(additions.regions, layout.region.codes);
  const purposes = unknown(additions.purposes, layout.purposes);
  const plain = additions.plain ?? new Set();
  const texts = [...new Set([...additions.texts.keys(), ...plain])].flatMap((key) => {
    const column = layout.attributes.get(key);
    const known = column && knownValues(column);
    const fresh = known ? unknown(additions.texts.get(key) ?? new Set(), known) : [];
    return column && known && (fresh.length > 0 || plain.has(key)) ? [{ key, column, known, fresh }] : [];
  });
  if (regions.length + purposes.length + texts.length === 0) return layout;

  const tooMany = ({ key, column, known, fresh }: (typeof texts)[number]) =>
    plain.has(key) || known.size + fresh.length > limits[column.storage === "bits" ? "bits" : "code"];
  for (const { key, column, known } of texts.filter(tooMany)) await spellOut(connection, key, column, known);
  await inTransaction(connection, async () => {
    await addValues(connection, regionOwner, layout.region.codes.size, regions);
    await addValues(connection, purposeOwner, layout.purposes.size, purposes);
    for (const prefix of ["consents", "objections"])
      await addWords(connection, prefix, layout.purposes.size, purposes.length);
    for (const { key, column, known, fresh } of texts) {
      if (tooMany({ key, column, known, fresh })) continue;
      await addValues(connection, attributeOwner(key), known.size, fresh);
      if (column.storage === "bits") await addWords(connection, `${key}:bits`, known.size, fresh.length);
    }
  });
  return readLayout(connection);
}

function knownValues(column: SqlColumn): ReadonlyMap<string, number> | undefined {
  return column.storage === "code" ? column.codes : column.storage === "bits" ? column.bits : undefined;
}

function unknown(values: ReadonlySet<string>, known: ReadonlyMap<string, number>): string[] {
  return [...values].filter((value) => !known.has(value));
}

async function addValues(
  connection: DuckDBConnection,
  owner: string,
  from: number,
  values: readonly string[],
): Promise<void> {
  if (values.length === 0) return;
  await connection.run(
    "INSERT INTO dictionary SELECT $1, $2::INTEGER + position - 1, value FROM (SELECT unnest($3) AS value, generate_subscripts($3, 1) AS position)",
    [owner, from, listValue(values)],
    [VARCHAR, INTEGER, LIST(VARCHAR)],
  );
}

async function addWords(connection: DuckDBConnection, prefix: string, before: number, added: number): Promise<void> {
  for (let word = wordsFor(before); word < wordsFor(before + added); word++) {
    const column = quoteIdentifier(bitColumn(prefix, word));
    await connection.run(`ALTER TABLE profiles ADD COLUMN ${column} UBIGINT`);
  }
}

/**
 * Turns codes back into text, or bits into a list of texts. DuckDB cannot fill and drop columns of one table in one
 * transaction; what a crash leaves between the steps, `dropStrayColumns` removes at the next start.
 */
async function spellOut(
  connection: DuckDBConnection,
  key: string,
  column: SqlColumn,
  known: ReadonlyMap<string, number>,
): Promise<void> {
  const storage = column.storage === "bits" ? "texts" : "text";
  const target = quoteIdentifier(attributeColumn(key, storage));
  const columns = (column.storage === "bits" ? column.columns : [column.column]).map(quoteIdentifier);
  await connection.run(`ALTER TABLE profiles ADD COLUMN ${target} ${columnTypes[storage]}`);
  await inTransaction(connection, async () => {
    const value = column.storage === "bits" ? setOfBits("$1", columns) : `$1[${columns[0]}::BIGINT + 1]`;
    const names = boundValues([{ type: "texts", value: [...known.keys()] }]);
    await connection.run(
      `UPDATE profiles SET ${target} = ${value} WHERE ${columns[0]} IS NOT NULL`,
      names.values,
      names.types,
    );
    await connection.run("DELETE FROM dictionary WHERE owner = $1", [attributeOwner(key)]);
    await connection.run("UPDATE attributes SET storage = $1 WHERE key = $2", [storage, key]);
  });
  for (const name of columns) await connection.run(`ALTER TABLE profiles DROP COLUMN ${name}`);
}
