import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findEmbeddedPostgres, startEmbeddedPostgres } from "./postgres";
import { isRunning } from "./running-process";

let dataFolder: string;
beforeEach(async () => {
  dataFolder = join(tmpdir(), `steward-postgres-${crypto.randomUUID()}`);
  await mkdir(dataFolder, { mode: 0o755 });
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

const start = (durable = false) => startEmbeddedPostgres({ dataFolder, durable });

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

test("what was written is there after a stop and a start", async () => {
  const first = await start();
  expect(first.reused).toBe(false);
  expect(await findEmbeddedPostgres(dataFolder)).toBe(first.url);
  await query(first.url, "CREATE TABLE kept AS SELECT 1 AS number");
  await first.stop();
  expect(isRunning(first.pid)).toBe(false);
  expect(await findEmbeddedPostgres(dataFolder)).toBeNull();
  const second = await start();
  expect(await query(second.url, "SELECT number FROM kept")).toEqual([{ number: 1 }]);
  await second.stop();
});

test("a server that a killed process left behind is taken over, and stopped by whoever took it", async () => {
  const left = await start();
  const taken = await start();
  expect(taken).toMatchObject({ pid: left.pid, url: left.url, reused: true });
  await taken.stop();
  expect(isRunning(left.pid)).toBe(false);
});

test("a killed server's files are recovered, whatever now has its process id", async () => {
  const first = await start(true);
  await query(first.url, "CREATE TABLE kept AS SELECT 1 AS number");
  process.kill(first.pid, "SIGKILL");
  await first.ended;
  const file = join(dataFolder, "postgres", "postmaster.pid");
  await writeFile(file, (await readFile(file, "utf8")).replace(/^\d+/, String(process.pid)));
  const second = await start();
  expect(second.reused).toBe(false);
  expect(await query(second.url, "SELECT number FROM kept")).toEqual([{ number: 1 }]);
  await second.stop();
});

test("a first start that was interrupted leaves nothing that the next one stumbles over", async () => {
  await mkdir(join(dataFolder, "postgres.draft-1", "base"), { recursive: true });
  const postgres = await start();
  expect(await query(postgres.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(await readdir(dataFolder)).not.toContain("postgres.draft-1");
  await postgres.stop();
});

test("the password is asked for, and a connection without it refused", async () => {
  const postgres = await start();
  const url = new URL(postgres.url);
  url.password = "wrong";
  await expect(query(url.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  await postgres.stop();
});
