import { quoteName } from "../../rules/clickhouse-layout";
import { logTable } from "../sql/membership-log";

export type Table = {
  readonly name: string;
  /** As in CREATE TABLE. */
  readonly columns: readonly string[];
  readonly indexes?: readonly string[];
  readonly engine: string;
  readonly orderBy: string;
  /** The column whose rows must be on one server. */
  readonly shardBy: string;
};

export const profilesTable: Table = {
  name: "profiles",
  columns: [
    "id String",
    "version UInt64",
    "region LowCardinality(Nullable(String))",
    "consents Array(LowCardinality(String))",
    "objections Array(LowCardinality(String))",
  ],
  engine: "ReplacingMergeTree(version)",
  orderBy: "id",
  shardBy: "id",
};

/** Rows that take one another back are merged away. */
export const membershipTable: Table = {
  name: logTable,
  columns: [
    "environment LowCardinality(String)",
    "segment LowCardinality(String)",
    "revision Int64",
    "id String",
    "change Int8",
  ],
  engine: "SummingMergeTree(change)",
  orderBy: "environment, segment, revision, id",
  shardBy: "id",
};

/**
 * With a `cluster`, each server keeps a part of the rows in a table of its own, `NAME:local`, and `NAME` stands for all
 * of them; statements that ask are the same either way.
 */
export function createTable(table: Table, cluster?: string): string[] {
  const { name, columns, indexes = [], engine, orderBy, shardBy } = table;
  const body = `(${[...columns, ...indexes].join(", ")})`;
  const own = `ORDER BY (${orderBy})`;
  if (cluster === undefined) return [`CREATE TABLE IF NOT EXISTS ${quoteName(name)} ${body} ENGINE = ${engine} ${own}`];
  const on = `ON CLUSTER ${quoteName(cluster)}`;
  const [kept, all] = [localName(name), name].map(quoteName);
  const spread = `Distributed(${[cluster, "", localName(name)].map((text) => `'${text}'`).join(", ")}, cityHash64(${shardBy}))`;
  return [
    `CREATE TABLE IF NOT EXISTS ${kept} ${on} ${body} ENGINE = Replicated${engine} ${own}`,
    `CREATE TABLE IF NOT EXISTS ${all} ${on} (${columns.join(", ")}) ENGINE = ${spread}`,
  ];
}

/** Costs nothing, however many rows there are. */
export function addColumns(table: string, definitions: readonly string[], cluster?: string): string[] {
  const added = definitions.map((definition) => `ADD COLUMN IF NOT EXISTS ${definition}`).join(", ");
  if (cluster === undefined) return [`ALTER TABLE ${quoteName(table)} ${added}`];
  // The rows' own table first: what stands for it is asked for a column only once every server has it.
  return [localName(table), table].map(
    (each) => `ALTER TABLE ${quoteName(each)} ON CLUSTER ${quoteName(cluster)} ${added}`,
  );
}

function localName(table: string): string {
  return `${table}:local`;
}
