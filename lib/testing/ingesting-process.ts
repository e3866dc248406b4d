import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { closeEngine, openEngine } from "../engine/server/engine-instance";
import { createKeyring } from "../feed/server/door/keyring";
import { createIngestApp } from "../ingest/http";
import { createFollower } from "../membership/server/follower";
import { createDatabase } from "../server/database";
import { portOf } from "../server/listen";

/** A process of its own that takes in what is sent to it, and follows it, until it is killed; says its port. */
const [, , url = "", engineFile = ""] = process.argv;
const db = createDatabase(url);
const engine = await openEngine(engineFile);
const follower = createFollower({ db, engine });
const keyring = await createKeyring(db);
const ingest = createIngestApp({ db, engine: () => engine, keyring, touched: follower.touch });
const app = new Hono().route("/ingest", ingest.app);
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
server.listen(0, "127.0.0.1", () => process.stdout.write(`${portOf(server)}\n`));

/** Whoever asks by a message is told what memory is held, in bytes: of the process, and by DuckDB within it. */
process.on("message", async () => {
  const { rss, heapUsed } = process.memoryUsage();
  const connection = await engine.connect();
  const reader = await connection.runAndReadAll("SELECT sum(memory_usage_bytes)::DOUBLE FROM duckdb_memory()");
  connection.closeSync();
  process.send?.({ rss, heapUsed, tables: reader.getRows()[0]?.[0] });
});

process.once("SIGTERM", async () => {
  await ingest.close();
  await follower.settled();
  await closeEngine();
  process.exit(0);
});
