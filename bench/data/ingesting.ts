import { type ChildProcess, spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { ensureEnvironments } from "../../lib/releases/server/ensure-environments";
import type { Database } from "../../lib/server/database";

const secret = `stw_${"b".repeat(43)}`;

/** Bytes: of the whole process, and of it what JavaScript and what DuckDB's tables take. */
const memorySchema = z.object({ rss: z.number(), heapUsed: z.number(), tables: z.number() });
export type ProcessMemory = z.output<typeof memorySchema>;

export type Ingesting = {
  /** Sends a body until it is taken; gives how often it had to come back later. */
  send(target: string, lines: readonly unknown[]): Promise<number>;
  memory(): Promise<ProcessMemory>;
  /** Ends once everything that was touched has been followed. */
  stop(): Promise<void>;
};

/** An environment, a region and a key that may bring what is of it. */
export async function prepareKey(db: Database, region: string): Promise<void> {
  await db.region.create({ data: { key: region, name: region } });
  await ensureEnvironments(db);
  const consumer = await db.consumer.create({ data: { key: "sender", name: "Sender" } });
  const scope = { environmentKey: "production", regions: [region], purposes: [], rights: ["ingest"] };
  const kept = { hash: hash("sha256", secret, "hex"), hint: secret.slice(0, 8) };
  await db.consumerKey.create({ data: { ...scope, ...kept, consumerId: consumer.id } });
}

/** Ingest in a process of its own, so that its memory is its own and the sender's work is not. */
export async function startIngesting(databaseUrl: string, engineFile: string): Promise<Ingesting> {
  const program = join(import.meta.dirname, "../../lib/testing/ingesting-process.ts");
  const args = ["--import", "tsx", program, databaseUrl, engineFile];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const port = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (said) => resolve(String(said).trim())),
  );
  const headers = { authorization: `Bearer ${secret}` };
  return {
    async send(target, lines) {
      const body = lines.map((line) => JSON.stringify(line)).join("\n");
      for (let refusals = 0; ; refusals += 1) {
        const response = await fetch(`http://127.0.0.1:${port}/ingest/v1/${target}`, { method: "POST", headers, body });
        const answer: unknown = await response.json();
        if (response.ok && isTaken(answer, lines.length)) return refusals;
        if (response.status !== 429) throw new Error(`Ingest answered ${response.status}: ${JSON.stringify(answer)}`);
        await wait(Number(response.headers.get("retry-after")) * 1_000);
      }
    },
    async memory() {
      const answered = once(child, "message");
      child.send("memory");
      return memorySchema.parse((await answered)[0]);
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function isTaken(answer: unknown, lines: number): boolean {
  return typeof answer === "object" && answer !== null && "accepted" in answer && answer.accepted === lines;
}
