import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { clusterPassword, createCluster, requireMajorVersion } from "./postgres-cluster";
import { type PostgresAccount, postgresAccount, postgresFolder, postgresPrograms } from "./postgres-programs";
import {
  disownPostmasterFile,
  findPostmaster,
  type Postmaster,
  readPostmaster,
  stopPostmaster,
  untilGone,
} from "./postmaster";
import { StartError } from "./start-error";

export type EmbeddedPostgres = {
  url: string;
  pid: number;
  /** True when a server that a killed process had left behind was taken over. */
  reused: boolean;
  stop: () => Promise<void>;
  /** Settles when the server ends, by `stop` or by itself. */
  ended: Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** The data folder; the cluster lies in `postgres` below it. */
  dataFolder: string;
  /** Off only for tests: commits are not flushed to disk. */
  durable?: boolean;
};

const databaseName = "steward";
const startTimeoutMs = 60_000;

/** Starts PostgreSQL under the data folder, or takes over the one that a killed process left there. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = await postgresAccount();
  const folder = await postgresFolder(options.dataFolder, account);
  const password = await clusterPassword(options.dataFolder, existsSync(join(folder, "PG_VERSION")));
  await createCluster(folder, password, account);
  await requireMajorVersion(folder);

  const orphan = await findPostmaster(folder);
  if (orphan && (await answers(orphan, password))) return handle(orphan, password, undefined);
  if (orphan) await stopPostmaster(orphan.pid);

  const { child, postmaster } = await launch(folder, account, options.durable ?? true);
  await createDatabaseOnce(urlOf(postmaster, password, "postgres"));
  return handle(postmaster, password, child);
}

/** The address of the PostgreSQL that runs under a data folder, or null when none does. */
export async function findEmbeddedPostgres(dataFolder: string): Promise<string | null> {
  const folder = await postgresFolder(dataFolder, await postgresAccount());
  const postmaster = await findPostmaster(folder);
  if (!postmaster?.ready) return null;
  return urlOf(postmaster, await clusterPassword(dataFolder, true), databaseName);
}

function handle(postmaster: Postmaster, password: string, child: ChildProcess | undefined): EmbeddedPostgres {
  const ended = child
    ? new Promise<void>((resolve) => child.once("exit", () => resolve()))
    : untilGone(postmaster.pid, 1000, { ref: false });
  return {
    url: urlOf(postmaster, password, databaseName),
    pid: postmaster.pid,
    reused: child === undefined,
    ended,
    stop: () => stopPostmaster(postmaster.pid),
  };
}

async function launch(folder: string, account: PostgresAccount, durable: boolean) {
  const { postgres } = await postgresPrograms(account);
  await disownPostmasterFile(folder);
  const logFile = `${folder}.log`;
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const log = await open(logFile, "w", 0o600);
    // In its own session, as Ctrl-C in the terminal is for us to answer: connections end before the server does.
    const child = spawn(postgres, ["-D", folder, "-p", String(await freePort()), ...serverFlags(durable)], {
      ...account,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      env: { ...process.env, LC_ALL: "C" },
    });
    child.unref();
    const postmaster = await whenReady(folder, child, deadline);
    await log.close();
    if (postmaster) return { child, postmaster };
    const output = await readFile(logFile, "utf8");
    if (Date.now() > deadline || !mayPass.test(output)) {
      throw new StartError("databaseUnreachable", `The embedded PostgreSQL did not start. Its log:\n${output.trim()}`);
    }
    await pause(100);
  }
}

/** Somebody took the port first, or the last processes of a killed server are still on their way out. */
const mayPass = /could not bind|could not create any TCP|pre-existing shared memory block/;

function serverFlags(durable: boolean): string[] {
  const values = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "100",
    jit: "off",
    logging_collector: "off",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function whenReady(folder: string, child: ChildProcess, deadline: number): Promise<Postmaster | null> {
  let failed = false;
  child.once("error", () => {
    failed = true;
  });
  while (!failed && child.exitCode === null && child.signalCode === null) {
    const postmaster = await readPostmaster(folder);
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster;
    if (Date.now() > deadline) {
      child.kill("SIGQUIT");
      return null;
    }
    await pause(15);
  }
  return null;
}

async function answers(postmaster: Postmaster, password: string): Promise<boolean> {
  if (!postmaster.ready) return false;
  const client = new pg.Client({
    connectionString: urlOf(postmaster, password, databaseName),
    connectionTimeoutMillis: 5000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabaseOnce(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (!rowCount) await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}

function urlOf(postmaster: Postmaster, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${postmaster.port}/${database}`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no free port.");
  return address.port;
}
