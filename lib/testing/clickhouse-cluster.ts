import { eventTable } from "../engine/clickhouse/event-layout";
import { fixedTables } from "../engine/clickhouse/tables";

/**
 * A cluster of two servers that are one: both shards are this process. Each shard keeps to its own half of every table,
 * so statements over `Distributed` tables are split, run twice and merged as they are over two machines.
 */
export const clusterName = "two";
const port = 9_000;
const shard = `<shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`;

export const clusterConfig = `<clickhouse><tcp_port>${port}</tcp_port><remote_servers>
  <${clusterName}>${shard}${shard}</${clusterName}>
</remote_servers></clickhouse>`;

/** The setting by which each shard sees only the rows that are sent to it. `tables` are those that keep rows. */
export function filterByShard(tables: readonly string[]): string {
  const filters = tables.map((table) => {
    return `'${table}': 'cityHash64(${shardKey(table)}) % 2 = shardNum() - 1'`;
  });
  return `{${filters.join(", ")}}`;
}

/** `table` is where the rows are kept. */
function shardKey(table: string): string {
  return fixedTables.find(({ name }) => table.startsWith(`${name}:`))?.shardBy ?? eventTable("").shardBy;
}

/** What is said to each server of a cluster, for the one there is: it keeps no replicas, as no Keeper is here. */
export function forOneServer(statement: string): string {
  return statement.replaceAll(` ON CLUSTER \`${clusterName}\``, "").replace("ENGINE = Replicated", "ENGINE = ");
}
