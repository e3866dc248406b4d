import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { type PostgresAccount, postgresAccount, postgresFolder, postgresPrograms } from "./postgres-programs";
import { isRunning, programOf } from "./running-process";
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

type Postmaster = { pid: number; port: number; ready: boolean };

const majorVersion = "18";
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

/** A PostgreSQL in a folder of its own, for tests and tools; stopping it removes the folder. */
export async function startThrowawayPostgres(): Promise<EmbeddedPostgres> {
  const dataFolder = join(tmpdir(), `steward-${randomUUID()}`);
  await mkdir(dataFolder, { mode: 0o755 });
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
  const stop = async () => {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  return { ...postgres, stop };
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

async function clusterPassword(dataFolder: string, clusterExists: boolean): Promise<string> {
  const file = join(dataFolder, "postgres-password");
  await mkdir(dataFolder, { recursive: true });
  if (!existsSync(file)) {
    if (clusterExists)
      throw new StartError("databaseUnreachable", `${file} is missing: the password of the database beside it.`);
    await writeFile(`${file}.new`, randomBytes(24).toString("hex"), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return (await readFile(file, "utf8")).trim();
}

/** Built beside its place and moved there whole, so that a killed first start leaves nothing half made. */
async function createCluster(folder: string, password: string, account: PostgresAccount): Promise<void> {
  if (existsSync(join(folder, "PG_VERSION"))) return;
  await removeDrafts(folder);
  const draft = `${folder}.draft-${randomUUID()}`;
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(draft, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    const { initdb } = await postgresPrograms(account);
    await run(
      initdb,
      [
        ...["--pgdata", draft, "--pwfile", passwordFile, "--username", "postgres", "--auth", "scram-sha-256"],
        ...["--encoding", "UTF8", "--locale", "C", "--no-instructions"],
      ],
      account,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, folder);
}

/** The maker of a draft may have been killed and its program still be writing: what resists is left for the next time. */
async function removeDrafts(folder: string): Promise<void> {
  const parent = dirname(folder);
  const drafts = (await readdir(parent)).filter((name) => name.startsWith("postgres.draft-"));
  await Promise.all(
    drafts.map((name) => rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined)),
  );
}

async function requireMajorVersion(folder: string): Promise<void> {
  const version = (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  if (version === majorVersion) return;
  throw new StartError(
    "databaseUnreachable",
    `${folder} was written by PostgreSQL ${version}; this version of Steward carries PostgreSQL ${majorVersion}.`,
  );
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

/**
 * PostgreSQL refuses to start while the process that postmaster.pid names runs, be it another program that was given
 * the same number. The rest of the file stays: by it PostgreSQL finds processes of the old server that still run.
 */
async function disownPostmasterFile(folder: string): Promise<void> {
  const file = join(folder, "postmaster.pid");
  const content = await readFile(file, "utf8").catch(() => null);
  if (content === null || (await findPostmaster(folder))) return;
  const nobodysId = 2_147_483_647;
  await writeFile(file, content.replace(/^\s*\d+/, String(nobodysId)));
}

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

/** What postmaster.pid says, when the process it names is a PostgreSQL that still runs. */
async function findPostmaster(folder: string): Promise<Postmaster | null> {
  const postmaster = await readPostmaster(folder);
  if (!postmaster || !isRunning(postmaster.pid)) return null;
  const mark = process.platform === "win32" ? "postgres" : folder;
  return (await programOf(postmaster.pid)).includes(mark) ? postmaster : null;
}

async function readPostmaster(folder: string): Promise<Postmaster | null> {
  const content = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "");
  const lines = content.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !port) return null;
  return { pid, port, ready: lines[7] === "ready" };
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

/** Fast shutdown first, which ends the connections; at once when that takes more than ten seconds. */
async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!isRunning(pid)) break;
    process.kill(pid, signal);
    if (await Promise.race([untilGone(pid, 20).then(() => true), pause(10_000, false, { ref: false })])) break;
  }
}

async function untilGone(pid: number, everyMs: number, timer: { ref: boolean } = { ref: true }): Promise<void> {
  while (isRunning(pid)) await pause(everyMs, undefined, timer);
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

async function run(program: string, args: string[], account: PostgresAccount): Promise<void> {
  const child = spawn(program, args, { ...account, env: { ...process.env, LC_ALL: "C" } });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new StartError("databaseUnreachable", `${program} ended with ${code}:\n${output.trim()}`);
}
