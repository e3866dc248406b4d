import { Hono } from "hono";
import { closeEngine, connectEngine, getEngine } from "./lib/engine/server/engine-instance";
import { callNameOf } from "./lib/feed/call-name";
import { createFeedApp } from "./lib/feed/http";
import { closeDatabase, openDatabase } from "./lib/server/database";
import { checkHealth, type HealthChecks } from "./lib/server/health";
import { log } from "./lib/server/log";
import { openPort } from "./lib/server/open-port";
import { requireShared } from "./lib/server/role";
import type { Settings } from "./lib/server/settings";
import type { Shutdown } from "./lib/server/shutdown";
import { StartError } from "./lib/server/start-error";

const connectAgainAfterMs = 2_000;
/** So long a proxy has to send its next requests elsewhere. */
const leaveForMs = 1_000;

/** The feed alone, beside others of the same installation; it starts from its last good copy where they are away. */
export async function startFeed(settings: Settings, shutdown: Shutdown, build: string): Promise<string> {
  const { databaseUrl, clickhouseUrl, secret } = requireShared(settings, "feed");
  const checks: HealthChecks = {};
  const health = () => checkHealth(checks, { needed: ["feed"], wanted: ["database", "engine"] });
  const port = await openPort({ settings, shutdown, build, health });

  const db = openDatabase(databaseUrl);
  shutdown.add("database", closeDatabase);
  checks.database = async () => void (await db.$queryRaw`SELECT 1`);
  shutdown.add("engine", closeEngine);
  const connecting = keepConnecting(clickhouseUrl);
  shutdown.add("connecting to the engine", connecting.close);
  checks.engine = async () => getEngine().ping();
  await connecting.tried;

  shutdown.add("requests", port.close);
  const { hours, requestsPerSecond, streams } = settings.feed;
  const { dataFolder } = settings;
  const feed = await createFeedApp({
    ...{ db, databaseUrl, engine: getEngine, secret, hours, requestsPerSecond, streams, dataFolder },
    metrics: port.metrics,
  }).catch((error: unknown) => {
    throw error instanceof StartError ? error : neitherDatabaseNorCopy(error, dataFolder);
  });
  shutdown.add("feed", feed.close);
  checks.feed = async () => undefined;
  port.serve({ feed: { app: new Hono().route("/feed", feed.app), serve: feed.serve, callNameOf } });
  shutdown.add("leaving", () => port.leave(leaveForMs));
  return port.address;
}

function neitherDatabaseNorCopy(cause: unknown, dataFolder: string): StartError {
  const reason = cause instanceof Error ? cause.message.trim().split("\n").at(-1) : String(cause);
  const message = `The database does not answer (${reason}), and there is no last good copy in ${dataFolder}/feed.`;
  return new StartError("databaseUnreachable", message, { cause });
}

/** Tries until it succeeds: definitions are served without customers. `tried` settles after the first time. */
function keepConnecting(url: string): { tried: Promise<void>; close: () => Promise<void> } {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  async function connect(): Promise<void> {
    try {
      await connectEngine(url);
    } catch (error) {
      log.warn({ err: error }, "ClickHouse does not answer: members and customers are refused until it does");
      if (!closed) timer = setTimeout(() => void connect(), connectAgainAfterMs);
    }
  }
  const close = async () => {
    closed = true;
    clearTimeout(timer);
  };
  return { tried: connect(), close };
}
