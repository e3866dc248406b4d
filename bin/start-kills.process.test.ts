import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isRunning } from "../lib/server/running-process";
import { expectToServe, freshInstallation, until } from "../lib/testing/fresh-installation";
import type { StewardProcess } from "../lib/testing/steward-process";

const installation = freshInstallation();

describe("a start after kill -9", () => {
  test.each([
    ["when the data folder was just claimed", () => until(() => installation.holds("lock-holder.json"))],
    [
      "while the database is being made",
      () => until(() => readdirSync(installation.folder()).some((name) => /draft/.test(name))),
    ],
    ["while PostgreSQL starts", () => until(() => installation.holds("postgres/postmaster.pid"))],
    ["while it migrates and opens the engine", () => until(() => installation.holds("customers.duckdb"))],
    ["when it serves", (killed: StewardProcess) => killed.ready],
  ])("works: killed %s", async (_moment, reached) => {
    const killed = installation.start();
    await reached(killed);
    await installation.kill(killed);
    const next = installation.start();
    await expectToServe(await next.ready);
  });

  test("works when only the server was killed, and its starter says that it ended badly", async () => {
    const killed = installation.start();
    await killed.ready;
    process.kill(await installation.server(), "SIGKILL");
    expect(await killed.exit).toBe(1);
    await expectToServe(await installation.start().ready);
  });

  test("works when only the starter was killed: the server goes with it", async () => {
    const killed = installation.start();
    await killed.ready;
    const server = await installation.server();
    killed.process.kill("SIGKILL");
    const next = installation.start();
    await expectToServe(await next.ready);
    expect(isRunning(server)).toBe(false);
  });

  test("works when PostgreSQL was killed: the server says so and ends with 5", async () => {
    const killed = installation.start();
    await killed.ready;
    process.kill(await installation.postgres(), "SIGKILL");
    expect(await killed.exit).toBe(5);
    expect(killed.output()).toContain("The embedded PostgreSQL ended by itself.");
    await expectToServe(await installation.start().ready);
  });
});
