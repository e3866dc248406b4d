import { quoteName } from "../../rules/clickhouse-layout";
import { StartError } from "../../server/start-error";
import type { Spread } from "../clickhouse/tables";
import { type ClickHouse, connectClickHouse, isUnknownDatabase } from "./clickhouse-client";
import { plain } from "./clickhouse-profiles";

export type OpenDatabase = { readonly server: ClickHouse; readonly spread: Spread | undefined };

/** Makes the database if there is none. Throws a StartError that says why it cannot. */
export async function openDatabase(url: string): Promise<OpenDatabase> {
  const address = new URL(url);
  const cluster = address.searchParams.get("cluster");
  address.searchParams.delete("cluster");
  const server = connectClickHouse(address.href);
  try {
    const database = await currentDatabase(server).catch(async (error: unknown) => {
      if (!isUnknownDatabase(error)) throw error;
      await createDatabase(address, cluster);
      return currentDatabase(server);
    });
    return { server, spread: cluster === null ? undefined : { cluster, database } };
  } catch (error) {
    await server.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError("databaseUnreachable", `ClickHouse at ${address.host} cannot be used: ${reason}`, {
      cause: error,
    });
  }
}

async function currentDatabase(server: ClickHouse): Promise<string> {
  const [[name] = []] = await server.rows(plain("SELECT currentDatabase()"));
  return String(name);
}

async function createDatabase(address: URL, cluster: string | null): Promise<void> {
  const database = decodeURIComponent(address.pathname.slice(1));
  const outside = new URL(address);
  outside.pathname = "";
  const server = connectClickHouse(outside.href);
  const on = cluster === null ? "" : ` ON CLUSTER ${quoteName(cluster)}`;
  await server.run(plain(`CREATE DATABASE IF NOT EXISTS ${quoteName(database)}${on}`)).finally(server.close);
}
