import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claimDataFolder, keptSecret } from "./data-folder";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the data folder", () => {
  test("a second process is refused with the name of the first, and gets it when that one is done", async () => {
    const first = await claimDataFolder(folder, "port 3000");
    await expect(claimDataFolder(folder, "port 3001", 0)).rejects.toMatchObject({
      failure: "dataFolderInUse",
      message: expect.stringContaining(`process ${process.pid}, at port 3000`),
    });
    await first.release();
    await (await claimDataFolder(folder, "port 3001")).release();
  });

  test("a process that was killed leaves no lock behind", async () => {
    const claim = `
      const { DatabaseSync } = require("node:sqlite");
      new DatabaseSync(${JSON.stringify(join(folder, "lock"))}).exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
      console.log("claimed");
      setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ["--eval", claim]);
    await once(holder.stdout, "data");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await (await claimDataFolder(folder, "port 3000")).release();
  });

  test("one of two that start at once gets it", async () => {
    const claims = await Promise.allSettled([claimDataFolder(folder, "a", 0), claimDataFolder(folder, "b", 0)]);
    expect(claims.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

test("a secret is made once and readable by its owner only", async () => {
  const secret = await keptSecret(folder, "session-secret");
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await keptSecret(folder, "session-secret")).toBe(secret);
  expect(await readFile(join(folder, "session-secret"), "utf8")).toBe(secret);
  expect((await stat(join(folder, "session-secret"))).mode & 0o077).toBe(0);
});
