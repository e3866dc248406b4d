import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { portOf } from "../lib/server/listen";
import { isRunning } from "../lib/server/running-process";
import { freshInstallation, until } from "../lib/testing/fresh-installation";

const installation = freshInstallation();

describe("an empty installation", () => {
  test("says how its first person is made, who then finds staging and production there", async () => {
    const { ready, output } = installation.start();
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
  const env = { ...process.env, STEWARD_DATA: installation.folder(), DATABASE_URL: "" };
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "steward.mjs"), ...args], {
    env,
  });
  return stdout.trim();
}

describe("a start that cannot be", () => {
  test("is told that the data folder is in use, and by whom", async () => {
    await installation.start().ready;
    const second = installation.start();
    expect(await second.exit).toBe(4);
    expect(second.output()).toContain(`is in use by process ${await installation.server()}`);
  });

  test("is told that the port is taken", async () => {
    const other = createServer().listen(0);
    await once(other, "listening");
    const refused = installation.start(["--port", String(portOf(other))]);
    expect(await refused.exit).toBe(3);
    expect(refused.output()).toContain(`Port ${portOf(other)} is taken`);
    other.close();
  });

  test("is told that the database cannot be reached", async () => {
    const refused = installation.start(undefined, { DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/none" });
    expect(await refused.exit).toBe(5);
    expect(refused.output()).toContain("The database does not answer");
    expect(refused.output()).not.toContain("secret");
  });

  test("as a feed alone is told that neither the database nor a last good copy is there", async () => {
    const refused = installation.start(["--only", "feed", "--port", "0"], {
      DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/none",
      CLICKHOUSE_URL: "http://127.0.0.1:1/none",
      STEWARD_FEED_SECRET: "s".repeat(32),
    });
    expect(await refused.exit).toBe(5);
    expect(refused.output()).toContain("there is no last good copy");
    expect(refused.output()).not.toContain("secret@");
  });

  test.each([
    [["--only", "ingest"], "--only takes feed, console, jobs"],
    [["--only", "feed"], "DATABASE_URL: "],
    [["--prot", "80"], "Unknown option '--prot'"],
    [["--port", "http"], "PORT must be a port"],
    [["--port"], "argument missing"],
  ])("is told what is wrong with %s", async (args, message) => {
    const refused = installation.start(args);
    expect(await refused.exit).toBe(2);
    expect(refused.output()).toContain(message);
  });
});

test("a stop closes everything and leaves nothing running", async () => {
  const running = installation.start();
  const address = await running.ready;
  const [server, postgres] = [await installation.server(), await installation.postgres()];
  running.process.kill("SIGTERM");
  expect(await running.exit).toBe(0);
  expect([server, postgres].filter(isRunning)).toEqual([]);
  await expect(fetch(`${address}/healthz`)).rejects.toThrow();
});

test("every page carries the headers that keep other sites out", async () => {
  const address = await installation.start().ready;
  const { headers } = await fetch(`${address}/sign-in`);
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(headers.get("x-powered-by")).toBeNull();
});
