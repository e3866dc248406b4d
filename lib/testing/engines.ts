import { randomUUID } from "node:crypto";
import type { Engine } from "../engine/engine";
import { connectClickHouse } from "../engine/server/clickhouse-client";
import { type ClickHouseEngine, openClickHouseEngine } from "../engine/server/clickhouse-engine";
import { type DuckDbEngine, openDuckDbEngine } from "../engine/server/duckdb-engine";
import { type ClickHouseListener, startClickHouse } from "./clickhouse-listener";

/** Each opens an engine of its kind that holds nothing. */
export const testEngines = {
  duckdb: (): Promise<DuckDbEngine> => openDuckDbEngine(":memory:"),
  clickhouse: (): Promise<ClickHouseEngine> => openTestClickHouse(),
} as const satisfies Record<Engine["kind"], () => Promise<Engine>>;

/** With a cluster, tables are spread over two shards. */
export async function openTestClickHouse(cluster?: string): Promise<ClickHouseEngine> {
  const { url } = await listener();
  const database = `test_${randomUUID().replaceAll("-", "")}`;
  const engine = await openClickHouseEngine({ url: `${url}/${database}${cluster ? `?cluster=${cluster}` : ""}` });
  return {
    ...engine,
    close: async () => {
      await engine.close();
      const server = connectClickHouse(url);
      await server.run({ sql: `DROP DATABASE ${database} SYNC`, parameters: [] }).finally(server.close);
    },
  };
}

let started: Promise<ClickHouseListener> | undefined;

/** One for the process, as it has one ClickHouse. */
function listener(): Promise<ClickHouseListener> {
  started ??= startClickHouse();
  return started;
}

export async function stopTestClickHouse(): Promise<void> {
  await (await started)?.close();
}

// A file of tests ends it by itself; a command says when.
if (process.env.VITEST) (await import("vitest")).afterAll(stopTestClickHouse);
