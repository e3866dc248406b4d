import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { portOf } from "../lib/server/listen";
import { isRunning } from "../lib/server/running-process";
import { type StewardProcess, startSteward } from "../lib/testing/steward-process";

let dataFolder: string;
const started: StewardProcess[] = [];

beforeEach(async () => {
  dataFolder = join(tmpdir(), `steward-start-${crypto.randomUUID()}`);
  await mkdir(dataFolder, { mode: 0o755 });
});

afterEach(async () => {
  for (const { process, exit } of started.splice(0)) {
    process.kill("SIGTERM");
    await exit;
  }
  await rm(dataFolder, { recursive: true, force: true });
});

function start(args?: readonly string[], environment?: Record<string, string>): StewardProcess {
  const entry = startSteward(dataFolder, args, environment);
  started.push(entry);
  return entry;
}

async function serverProcess(): Promise<number> {
  return JSON.parse(await readFile(join(dataFolder, "lock-holder.json"), "utf8")).pid;
}

async function postgresProcess(): Promise<number> {
  return Number.parseInt(await readFile(join(dataFolder, "postgres", "postmaster.pid"), "utf8"), 10);
}

async function killOutright({ process: wrapper, exit }: StewardProcess): Promise<void> {
  const server = await serverProcess();
  wrapper.kill("SIGKILL");
  process.kill(server, "SIGKILL");
  await exit;
}

async function expectToServe(address: string): Promise<void> {
  const health = await fetch(`${address}/healthz`);
  expect(await health.json()).toEqual({ status: "ready", missing: {} });
  expect(health.status).toBe(200);
}

const until = (condition: () => unknown) => vi.waitFor(() => expect(condition()).toBeTruthy(), { timeout: 60_000 });
const inFolder = (path: string) => existsSync(join(dataFolder, path));

describe("an empty installation", () => {
  test("says how its first person is made, who then finds staging and production there", async () => {
    const { ready, output } = start();
    const address = await ready;
    await until(() => output().includes("person create"));
    const someone = ["--email", "ada@example.com", "--name", "Ada", "--role", "admin", "author", "--team", "growth"];
    expect(await steward("person", "create", ...someone)).toMatch(/^\S{24}$/);
    const token = await steward("token", "create", "--person", "ada@example.com", "--name", "first look");
    const answer = await fetch(`${address}/api/v1/environments`, { headers: { authorization: `Bearer ${token}` } });
    const { items } = (await answer.json()) as { items: { key: string }[] };
    expect(items.map(({ key }) => key)).toEqual(["staging", "production"]);
  });
});

async function steward(...args: string[]): Promise<string> {
  const env = { ...process.env, STEWARD_DATA: dataFolder, DATABASE_URL: "" };
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "steward.mjs"), ...args], {
    env,
  });
  return stdout.trim();
}

describe("a start after kill -9", () => {
  test.each([
    ["when the data folder was just claimed", () => until(() => inFolder("lock-holder.json"))],
    ["while the database is being made", () => until(() => readdirSync(dataFolder).some((name) => /draft/.test(name)))],
    ["while PostgreSQL starts", () => until(() => inFolder("postgres/postmaster.pid"))],
    ["while it migrates and opens the engine", () => until(() => inFolder("customers.duckdb"))],
    ["when it serves", (killed: StewardProcess) => killed.ready],
  ])("works: killed %s", async (_moment, reached) => {
    const killed = start();
    await reached(killed);
    await killOutright(killed);
    const next = start();
    await expectToServe(await next.ready);
  });

  test("works when only the server was killed, and its starter says that it ended badly", async () => {
    const killed = start();
    await killed.ready;
    process.kill(await serverProcess(), "SIGKILL");
    expect(await killed.exit).toBe(1);
    await expectToServe(await start().ready);
  });

  test("works when only the starter was killed: the server goes with it", async () => {
    const killed = start();
    await killed.ready;
    const server = await serverProcess();
    killed.process.kill("SIGKILL");
    const next = start();
    await expectToServe(await next.ready);
    expect(isRunning(server)).toBe(false);
  });

  test("works when PostgreSQL was killed: the server says so and ends with 5", async () => {
    const killed = start();
    await killed.ready;
    process.kill(await postgresProcess(), "SIGKILL");
    expect(await killed.exit).toBe(5);
    expect(killed.output()).toContain("The embedded PostgreSQL ended by itself.");
    await expectToServe(await start().ready);
  });
});

test("a demo that was killed half made is wiped and made again, whole and once", async () => {
  const killed = start(["--port", "0"]);
  await until(() => killed.output().includes("Making the demo data."));
  await until(() => inFolder("customers.duckdb.wal"));
  await killOutright(killed);
  const next = start(["--port", "0"]);
  await expectToServe(await next.ready);
  expect(next.output()).toContain("The first start was interrupted");
  expect(next.output()).toContain("author@demo.steward");
});

describe("a start that cannot be", () => {
  test("is told that the data folder is in use, and by whom", async () => {
    await start().ready;
    const second = start();
    expect(await second.exit).toBe(4);
    expect(second.output()).toContain(`is in use by process ${await serverProcess()}`);
  });

  test("is told that the port is taken", async () => {
    const other = createServer().listen(0);
    await once(other, "listening");
    const refused = start(["--port", String(portOf(other))]);
    expect(await refused.exit).toBe(3);
    expect(refused.output()).toContain(`Port ${portOf(other)} is taken`);
    other.close();
  });

  test("is told that the database cannot be reached", async () => {
    const refused = start(undefined, { DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/none" });
    expect(await refused.exit).toBe(5);
    expect(refused.output()).toContain("The database does not answer");
    expect(refused.output()).not.toContain("secret");
  });

  test.each([
    [["--prot", "80"], "Unknown option '--prot'"],
    [["--port", "http"], "PORT must be a port"],
    [["--port"], "argument missing"],
  ])("is told what is wrong with %s", async (args, message) => {
    const refused = start(args);
    expect(await refused.exit).toBe(2);
    expect(refused.output()).toContain(message);
  });
});

test("a stop closes everything and leaves nothing running", async () => {
  const running = start();
  const address = await running.ready;
  const [server, postgres] = [await serverProcess(), await postgresProcess()];
  running.process.kill("SIGTERM");
  expect(await running.exit).toBe(0);
  expect([server, postgres].filter(isRunning)).toEqual([]);
  await expect(fetch(`${address}/healthz`)).rejects.toThrow();
});

test("every page carries the headers that keep other sites out", async () => {
  const address = await start().ready;
  const { headers } = await fetch(`${address}/sign-in`);
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(headers.get("x-powered-by")).toBeNull();
});
