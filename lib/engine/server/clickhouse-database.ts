import { quoteName } from "../../rules/clickhouse-layout";
import { StartError } from "../../server/start-error";
import { type ClickHouse, connectClickHouse, isUnknownDatabase } from "./clickhouse-client";
import { plain } from "./clickhouse-profiles";

/** Makes the database if there is none. Throws a StartError that says why it cannot. */
export async function openDatabase(address: URL, cluster: string | undefined): Promise<ClickHouse> {
  const server = connectClickHouse(address.href);
  try {
    await server.rows(plain("SELECT 1")).catch((error: unknown) => {
      if (!isUnknownDatabase(error)) throw error;
      return createDatabase(address, cluster);
    });
    return server;
  } catch (error) {
    await server.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError("databaseUnreachable", `ClickHouse at ${address.host} cannot be used: ${reason}`, {
      cause: error,
    });
  }
}

async function createDatabase(address: URL, cluster: string | undefined): Promise<void> {
  const database = decodeURIComponent(address.pathname.slice(1));
  const outside = new URL(address);
  outside.pathname = "";
  const server = connectClickHouse(outside.href);
  const on = cluster === undefined ? "" : ` ON CLUSTER ${quoteName(cluster)}`;
  await server.run(plain(`CREATE DATABASE IF NOT EXISTS ${quoteName(database)}${on}`)).finally(server.close);
}

/** The address of the database, and the cluster that it names. */
export function addressOf(text: string): { address: URL; cluster: string | undefined } {
  const url = new URL(text);
  const cluster = url.searchParams.get("cluster") ?? undefined;
  url.searchParams.delete("cluster");
  return { address: url, cluster };
}
