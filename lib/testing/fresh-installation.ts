import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { type StewardProcess, serverOf, startSteward } from "./steward-process";

/** An installation of a test's own: begun anew before each test, ended and removed after it. */
export type Installation = {
  readonly folder: () => string;
  start(args?: readonly string[], environment?: Record<string, string>): StewardProcess;
  /** Ids of processes. */
  server(): Promise<number>;
  postgres(): Promise<number>;
  /** Kills the server and its starter, and nothing of theirs gets to clear up. */
  kill(started: StewardProcess): Promise<void>;
  holds(path: string): boolean;
};

export function freshInstallation(): Installation {
  let folder = "";
  const started: StewardProcess[] = [];

  beforeEach(async () => {
    folder = join(tmpdir(), `steward-start-${crypto.randomUUID()}`);
    await mkdir(folder, { mode: 0o755 });
  });
  afterEach(async () => {
    for (const { process, exit } of started.splice(0)) {
      process.kill("SIGTERM");
      await exit;
    }
    await rm(folder, { recursive: true, force: true });
  });

  const server = () => serverOf(folder);

  return {
    folder: () => folder,
    start(args, environment) {
      const entry = startSteward(folder, args, environment);
      started.push(entry);
      return entry;
    },
    server,
    async kill({ process: starter, exit }) {
      const id = await server();
      starter.kill("SIGKILL");
      process.kill(id, "SIGKILL");
      await exit;
    },
    postgres: async () => Number.parseInt(await readFile(join(folder, "postgres", "postmaster.pid"), "utf8"), 10),
    holds: (path) => existsSync(join(folder, path)),
  };
}

export async function expectToServe(address: string): Promise<void> {
  const health = await fetch(`${address}/healthz`);
  expect(await health.json()).toEqual({ status: "ready", missing: {} });
  expect(health.status).toBe(200);
}

export const until = (condition: () => unknown) =>
  vi.waitFor(() => expect(condition()).toBeTruthy(), { timeout: 60_000 });
