import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning, programOf } from "./running-process";

/** What PostgreSQL writes of itself into postmaster.pid. */
export type Postmaster = { pid: number; port: number; ready: boolean };

/** What postmaster.pid says, when the process it names is a PostgreSQL that still runs. */
export async function findPostmaster(folder: string): Promise<Postmaster | null> {
  const postmaster = await readPostmaster(folder);
  if (!postmaster || !isRunning(postmaster.pid)) return null;
  const mark = process.platform === "win32" ? "postgres" : folder;
  return (await programOf(postmaster.pid)).includes(mark) ? postmaster : null;
}

export async function readPostmaster(folder: string): Promise<Postmaster | null> {
  const content = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "");
  const lines = content.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !port) return null;
  return { pid, port, ready: lines[7] === "ready" };
}

/**
 * PostgreSQL refuses to start while the process that postmaster.pid names runs, be it another program that was given
 * the same number. The rest of the file stays: by it PostgreSQL finds processes of the old server that still run.
 */
export async function disownPostmasterFile(folder: string): Promise<void> {
  const file = join(folder, "postmaster.pid");
  const content = await readFile(file, "utf8").catch(() => null);
  if (content === null || (await findPostmaster(folder))) return;
  const nobodysId = 2_147_483_647;
  await writeFile(file, content.replace(/^\s*\d+/, String(nobodysId)));
}

/** Fast shutdown first, which ends the connections; at once when that takes more than ten seconds. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!isRunning(pid)) break;
    process.kill(pid, signal);
    if (await Promise.race([untilGone(pid, 20).then(() => true), pause(10_000, false, { ref: false })])) break;
  }
}

export async function untilGone(pid: number, everyMs: number, timer: { ref: boolean } = { ref: true }): Promise<void> {
  while (isRunning(pid)) await pause(everyMs, undefined, timer);
}
