import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export type StewardProcess = {
  process: ChildProcess;
  /** The address, once it serves. */
  ready: Promise<string>;
  exit: Promise<number | null>;
  output: () => string;
};

/** The id of the server's own process, which `npm start` is the starter of. */
export async function serverOf(dataFolder: string): Promise<number> {
  return JSON.parse(await readFile(join(dataFolder, "lock-holder.json"), "utf8")).pid;
}

const startFile = join(import.meta.dirname, "../../bin/start.mjs");

/** `npm start` on a data folder of its own, with an embedded PostgreSQL unless `environment` says otherwise. */
export function startSteward(
  dataFolder: string,
  args: readonly string[] = ["--port", "0", "--empty"],
  environment: Readonly<Record<string, string>> = {},
): StewardProcess {
  const child = fork(startFile, args, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, STEWARD_DATA: dataFolder, DATABASE_URL: "", ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const exit = once(child, "close").then(([code]) => code as number | null);
  const ready = new Promise<string>((resolve, reject) => {
    child.on("message", (message: { ready: string }) => resolve(message.ready));
    void exit.then((code) => reject(new Error(`Ended with ${code} before it was ready:\n${output}`)));
  });
  ready.catch(() => undefined);
  return { process: child, ready, exit, output: () => output };
}
