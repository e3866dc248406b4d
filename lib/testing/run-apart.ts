import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/**
 * Runs a program of this folder in a process of its own, which says something once it begins; with `killAfterMs` it is
 * killed so long after that.
 */
export async function runApart(program: string, args: readonly string[], killAfterMs?: number): Promise<void> {
  const started = spawnApart(program, args);
  const ended = once(started, "exit");
  await once(started.stdout, "data");
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => started.kill("SIGKILL"), killAfterMs);
  await ended;
  clearTimeout(timer);
}

/** The same, to be killed by whoever starts it. */
export function spawnApart(program: string, args: readonly string[]) {
  const file = join(import.meta.dirname, program);
  return spawn(process.execPath, ["--import", "tsx", file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}
