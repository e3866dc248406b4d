import { execFile, fork } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { fetchJson, type JsonRequest } from "../../lib/http/fetch-json";

const root = join(import.meta.dirname, "../..");

export type ServedConsole = {
  readonly address: string;
  /** Calls of the REST API as a person of the demo: `(await as("author")).call("/api/v1/segments")`. */
  as(person: string): Promise<Caller>;
  stop(): Promise<void>;
};
export type Caller = { readonly token: string; call(path: string, request?: JsonRequest): Promise<unknown> };

/** The real thing with its demo, on a free port, in a data folder of its own. */
export async function serveConsole(dataFolder: string): Promise<ServedConsole> {
  const env = { ...process.env, STEWARD_DATA: dataFolder, STEWARD_LOG: "silent", DATABASE_URL: "" };
  const server = fork(join(root, "bin/start.mjs"), ["--port", "0"], {
    env,
    execArgv: [],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    server.once("message", (message) => resolve(z.object({ ready: z.string() }).parse(message).ready));
    server.once("exit", (code) => reject(new Error(`Steward ended with ${code} before it was ready.`)));
  });
  async function as(person: string): Promise<Caller> {
    const args = [
      join(root, "bin/steward.mjs"),
      "token",
      "create",
      "--person",
      `${person}@demo.steward`,
      "--name",
      "bench",
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    const token = stdout.trim();
    const headers = { authorization: `Bearer ${token}` };
    return { token, call: (path, request) => fetchJson(z.unknown(), address + path, { ...request, headers }) };
  }
  return {
    address,
    as,
    async stop() {
      server.kill("SIGTERM");
      await ended;
    },
  };
}
