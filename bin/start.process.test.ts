import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { test as base, describe, expect, vi } from "vitest";
import { portOf } from "../lib/server/listen";
import { isRunning } from "../lib/server/running-process";
import { type StewardProcess, startSteward } from "../lib/testing/steward-process";

/** A data folder of a test's own, and what is started on it. */
class Installation {
  readonly folder: string;
  private readonly started: StewardProcess[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  start(args?: readonly string[], environment?: Readonly<Record<string, string>>): StewardProcess {
    const entry = startSteward(this.folder, args, environment);
    this.started.push(entry);
    return entry;
  }

  holds(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** The file may still be being written. */
  serverProcess(): Promise<number> {
    const file = join(this.folder, "lock-holder.json");
    return vi.waitFor(async () => JSON.parse(await readFile(file, "utf8")).pid, patience);
  }

  async postgresProcess(): Promise<number> {
    return Number.parseInt(await readFile(join(this.folder, "postgres", "postmaster.pid"), "utf8"), 10);
  }

  async killOutright({ process: starter, exit }: StewardProcess): Promise<void> {
    const server = await this.serverProcess();
    starter.kill("SIGKILL");
    process.kill(server, "SIGKILL");
    await exit;
  }

  async steward(...args: string[]): Promise<string> {
    const env = { ...process.env, STEWARD_DATA: this.folder, DATABASE_URL: "" };
    const program = join(import.meta.dirname, "steward.mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env });
    return stdout.trim();
  }

  async remove(): Promise<void> {
    for (const { process, exit } of this.started) {
      process.kill("SIGTERM");
      await exit;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

const patience = { timeout: 150_000 };
const until = (condition: () => unknown) => vi.waitFor(() => expect(condition()).toBeTruthy(), patience);

const test = base.extend("installation", async ({ task }, { onCleanup }) => {
  const installation = new Installation(join(tmpdir(), `steward-start-${process.pid}-${task.id}`));
  onCleanup(() => installation.remove());
  await mkdir(installation.folder, { mode: 0o755 });
  return installation;
});

async function expectToServe(address: string): Promise<void> {
  const health = await fetch(`${address}/healthz`);
  expect(await health.json()).toEqual({ status: "ready", missing: {} });
  expect(health.status).toBe(200);
}

type Moment = (installation: Installation, killed: StewardProcess) => Promise<unknown>;

const moments: [moment: string, reached: Moment][] = [
  ["when the data folder was just claimed", (at) => until(() => at.holds("lock-holder.json"))],
  ["while the database is being made", (at) => until(() => readdirSync(at.folder).some((name) => /draft/.test(name)))],
  ["while PostgreSQL starts", (at) => until(() => at.holds("postgres/postmaster.pid"))],
  ["while it migrates and opens the engine", (at) => until(() => at.holds("customers.duckdb"))],
  ["when it serves", (_at, killed) => killed.ready],
];

const misuses: [args: string[], message: string][] = [
  [["--prot", "80"], "Unknown option '--prot'"],
  [["--port", "http"], "PORT must be a port"],
  [["--port"], "argument missing"],
];

// Several installations at once, the longest first: much of a start is waiting for other processes.
describe.concurrent("npm start", () => {
  test("a demo that was killed half made is wiped and made again, whole and once", async ({ installation }) => {
    const small = { STEWARD_DEMO_CUSTOMERS: "2000" };
    const killed = installation.start(["--port", "0"], small);
    await until(() => killed.output().includes("Making the demo data."));
    await until(() => installation.holds("customers.duckdb.wal"));
    await installation.killOutright(killed);
    const next = installation.start(["--port", "0"], small);
    await expectToServe(await next.ready);
    expect(next.output()).toContain("The first start was interrupted");
    expect(next.output()).toContain("author@demo.steward");
  });

  describe("an empty installation", () => {
    test("says how its first person is made, who then finds staging and production there", async ({ installation }) => {
      const { ready, output } = installation.start();
      const address = await ready;
      await until(() => output().includes("person create"));
      const someone = ["--email", "ada@example.com", "--name", "Ada", "--role", "admin", "author", "--team", "growth"];
      expect(await installation.steward("person", "create", ...someone)).toMatch(/^\S{24}$/);
      const token = await installation.steward(
        "token",
        "create",
        "--person",
        "ada@example.com",
        "--name",
        "first look",
      );
      const answer = await fetch(`${address}/api/v1/environments`, { headers: { authorization: `Bearer ${token}` } });
      const { items } = (await answer.json()) as { items: { key: string }[] };
      expect(items.map(({ key }) => key)).toEqual(["staging", "production"]);
    });
  });

  describe("a start after kill -9", () => {
    test.for(moments)("works: killed %s", async ([_moment, reached], { installation }) => {
      const killed = installation.start();
      await reached(installation, killed);
      await installation.killOutright(killed);
      const next = installation.start();
      await expectToServe(await next.ready);
    });

    test("works when only the server was killed, and its starter says that it ended badly", async ({
      installation,
    }) => {
      const killed = installation.start();
      await killed.ready;
      process.kill(await installation.serverProcess(), "SIGKILL");
      expect(await killed.exit).toBe(1);
      await expectToServe(await installation.start().ready);
    });

    test("works when only the starter was killed: the server goes with it", async ({ installation }) => {
      const killed = installation.start();
      await killed.ready;
      const server = await installation.serverProcess();
      killed.process.kill("SIGKILL");
      const next = installation.start();
      await expectToServe(await next.ready);
      expect(isRunning(server)).toBe(false);
    });

    test("works when PostgreSQL was killed: the server says so and ends with 5", async ({ installation }) => {
      const killed = installation.start();
      await killed.ready;
      process.kill(await installation.postgresProcess(), "SIGKILL");
      expect(await killed.exit).toBe(5);
      expect(killed.output()).toContain("The embedded PostgreSQL ended by itself.");
      await expectToServe(await installation.start().ready);
    });
  });

  describe("a start that cannot be", () => {
    test("is told that the data folder is in use, and by whom", async ({ installation }) => {
      await installation.start().ready;
      const second = installation.start();
      expect(await second.exit).toBe(4);
      expect(second.output()).toContain(`is in use by process ${await installation.serverProcess()}`);
    });

    test("is told that the port is taken", async ({ installation, onTestFinished }) => {
      const other = createServer().listen(0);
      onTestFinished(() => void other.close());
      await once(other, "listening");
      const refused = installation.start(["--port", String(portOf(other))]);
      expect(await refused.exit).toBe(3);
      expect(refused.output()).toContain(`Port ${portOf(other)} is taken`);
    });

    test("is told that the database cannot be reached", async ({ installation }) => {
      const nowhere = { DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/none" };
      const refused = installation.start(undefined, nowhere);
      expect(await refused.exit).toBe(5);
      expect(refused.output()).toContain("The database does not answer");
      expect(refused.output()).not.toContain("secret");
    });

    test.for(misuses)("is told what is wrong with %s", async ([args, message], { installation }) => {
      const refused = installation.start(args);
      expect(await refused.exit).toBe(2);
      expect(refused.output()).toContain(message);
    });
  });

  test("a stop closes everything and leaves nothing running", async ({ installation }) => {
    const running = installation.start();
    const address = await running.ready;
    const [server, postgres] = [await installation.serverProcess(), await installation.postgresProcess()];
    running.process.kill("SIGTERM");
    expect(await running.exit).toBe(0);
    expect([server, postgres].filter(isRunning)).toEqual([]);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });

  test("every page carries the headers that keep other sites out", async ({ installation }) => {
    const address = await installation.start().ready;
    const { headers } = await fetch(`${address}/sign-in`);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("x-powered-by")).toBeNull();
  });
});
