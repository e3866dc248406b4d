import { quoteName, quoteText } from "../../rules/clickhouse-layout";
import { floorTable as logFloor, logTable } from "../sql/membership-log";

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
    "region LowCardinality(String)",
    "change Int8",
    "cause LowCardinality(String)",
  ],
  // The line of one customer is asked for beside the members of a segment.
  indexes: ["INDEX ids id TYPE bloom_filter GRANULARITY 4"],
  engine: "SummingMergeTree(change)",
  orderBy: "environment, segment, revision, id, region",
  shardBy: "id",
};

/** From where on the log knows the members: the greatest counts. */
export const floorTable: Table = {
  name: logFloor,
  columns: ["environment LowCardinality(String)", "revision Int64"],
  engine: "ReplacingMergeTree(revision)",
  orderBy: "environment",
  shardBy: "environment",
};

/** What names a customer beside their id; the newest version of a name counts. */
export const identityTable: Table = {
  name: "identities",
  columns: ["namespace LowCardinality(String)", "value String", "customer String", "version UInt64", "removed Bool"],
  indexes: ["INDEX customers customer TYPE bloom_filter GRANULARITY 1"],
  engine: "ReplacingMergeTree(version)",
  orderBy: "value, namespace",
  shardBy: "value",
};

/** Who is somebody else now, and what parting needs, as JSON of `KeptMerge`; the newest version counts. */
export const mergeTable: Table = {
  name: "merges",
  columns: ["origin String", "target String", "kept String", "version UInt64", "removed Bool"],
  engine: "ReplacingMergeTree(version)",
  orderBy: "origin",
  shardBy: "origin",
};

/** What customers said of purposes. The same statement again is the same row. */
export const consentsTable: Table = {
  name: "consents",
  columns: [
    "customer String",
    "purpose LowCardinality(String)",
    "state LowCardinality(String)",
    "at Int64",
    "source String",
    "text Nullable(String)",
    "received Int64",
  ],
  engine: "ReplacingMergeTree",
  orderBy: "customer, purpose, at, state, source, ifNull(text, '')",
  shardBy: "customer",
};

/** What was stored of customers until an instant; of several at one instant the smallest version is the earliest. */
export const pastProfilesTable: Table = {
  name: "past_profiles",
  columns: ["id String", "until Int64", "version UInt64", "profile String"],
  engine: "MergeTree",
  orderBy: "id, until, version",
  shardBy: "id",
};

/** Those that there are from the beginning; each event type has one of its own. */
export const fixedTables: readonly Table[] = [
  ...[profilesTable, membershipTable, floorTable, identityTable],
  ...[mergeTable, consentsTable, pastProfilesTable],
];

/** Where each server of a cluster keeps a part of the rows. */
export type Spread = { readonly cluster: string; readonly database: string };

/**
 * With a `spread`, each server keeps a part of the rows in a table of its own, `NAME:local`, and `NAME` stands for all
 * of them; statements that ask are the same either way.
 */
export function createTable(table: Table, spread?: Spread): string[] {
  const { name, columns, indexes = [], engine, orderBy, shardBy } = table;
  const body = `(${[...columns, ...indexes].join(", ")})`;
  const own = `ORDER BY (${orderBy})`;
  if (spread === undefined) return [`CREATE TABLE IF NOT EXISTS ${quoteName(name)} ${body} ENGINE = ${engine} ${own}`];
  const { cluster, database } = spread;
  const on = `ON CLUSTER ${quoteName(cluster)}`;
  const [kept, all] = [localName(name), name].map(quoteName);
  const where = [cluster, database, localName(name)].map(quoteText).join(", ");
  return [
    `CREATE TABLE IF NOT EXISTS ${kept} ${on} ${body} ENGINE = Replicated${engine} ${own}`,
    `CREATE TABLE IF NOT EXISTS ${all} ${on} (${columns.join(", ")}) ENGINE = Distributed(${where}, cityHash64(${shardBy}))`,
  ];
}

export function dropTable({ name }: Table, spread?: Spread): string[] {
  if (spread === undefined) return [`DROP TABLE IF EXISTS ${quoteName(name)} SYNC`];
  const on = `ON CLUSTER ${quoteName(spread.cluster)}`;
  return [name, localName(name)].map((each) => `DROP TABLE IF EXISTS ${quoteName(each)} ${on} SYNC`);
}

/** Costs nothing, however many rows there are. */
export function addColumns(table: string, definitions: readonly string[], spread?: Spread): string[] {
  const added = definitions.map((definition) => `ADD COLUMN IF NOT EXISTS ${definition}`).join(", ");
  if (spread === undefined) return [`ALTER TABLE ${quoteName(table)} ${added}`];
  // The rows' own table first: what stands for it is asked for a column only once every server has it.
  return [localName(table), table].map(
    (each) => `ALTER TABLE ${quoteName(each)} ON CLUSTER ${quoteName(spread.cluster)} ${added}`,
  );
}

/** Where the rows themselves are. The statement ends once they are gone. */
export function deleteFrom(table: string, where: string, spread?: Spread): string {
  const at = spread ? `${quoteName(localName(table))} ON CLUSTER ${quoteName(spread.cluster)}` : quoteName(table);
  return `ALTER TABLE ${at} DELETE WHERE ${where} SETTINGS mutations_sync = 2`;
}

function localName(table: string): string {
  return `${table}:local`;
}
