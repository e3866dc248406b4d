import { spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { attributeSchema, eventTypeSchema } from "../lib/catalogue/definition";
import { openDuckDbEngine } from "../lib/engine/server/duckdb-engine";
import { createDatabase } from "../lib/server/database";
import { startEmbeddedPostgres } from "../lib/server/postgres";
import { deployMigrations } from "../prisma/migrate";

/** `STEWARD_INGEST_KILLS=100 npm test -- process ingest-kills` is the longer run. */
const kills = Number(process.env.STEWARD_INGEST_KILLS ?? 4);
const secret = `stw_${"k".repeat(43)}`;
const senders = 3;
const linesOfCall = 40;
const level = attributeSchema.parse({ key: "level", name: "Level", type: "number" });
const visit = eventTypeSchema.parse({ key: "visit", name: "Visit" });

/** How many calls of each sender were answered; what was sent and not answered is sent again. */
type Answered = number[];

test(
  `${kills} kills at any instant of ingest: what was answered is there, and nothing counts twice`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "steward-ingest-kills-"));
    const postgres = await startEmbeddedPostgres({ dataFolder: folder });
    const engineFile = join(folder, "customers.duckdb");
    await prepare(postgres.url, engineFile);
    const answered: Answered = Array.from({ length: senders }, () => 0);
    for (let kill = 0; kill < kills; kill += 1) {
      const ingesting = startIngesting([postgres.url, engineFile]);
      const ended = once(ingesting, "exit");
      const listening = once(ingesting.stdout, "data").then(([port]) => Number(String(port)));
      const port = await Promise.race([listening, ended.then(() => expect.fail("It ended by itself."))]);
      const before = answered.reduce((sum, calls) => sum + calls, 0);
      const sending = answered.map((_, sender) =>
        sendUntilKilled(`http://127.0.0.1:${port}/ingest/v1`, sender, answered),
      );
      while (answered.reduce((sum, calls) => sum + calls, 0) === before) await pause(5);
      // The instant is what is random about it: nothing is waited for.
      await pause(Math.random() * 300);
      ingesting.kill("SIGKILL");
      await Promise.all([ended, ...sending]);
      await expectEverything(engineFile, answered);
    }
    const calls = answered.reduce((sum, each) => sum + each, 0);
    console.info(`${kills} kills during ${calls} calls of ${linesOfCall} lines`);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  },
  120_000 + kills * 15_000,
);

async function prepare(url: string, engineFile: string): Promise<void> {
  await deployMigrations(url);
  const db = createDatabase(url, 1);
  await db.attribute.create({ data: level });
  await db.eventType.create({ data: visit });
  await db.purpose.create({ data: { key: "news", name: "News", lawfulBasis: "consent" } });
  await db.region.create({ data: { key: "eu", name: "EU" } });
  await db.environment.create({ data: { key: "production", name: "Production", position: 1 } });
  const consumer = await db.consumer.create({ data: { key: "sender", name: "Sender" } });
  const scope = { environmentKey: "production", regions: ["eu"], purposes: ["news"], rights: ["ingest"] };
  await db.consumerKey.create({
    data: { ...scope, consumerId: consumer.id, hash: hash("sha256", secret, "hex"), hint: "stw_kkk" },
  });
  await db.$disconnect();
  const engine = await openDuckDbEngine(engineFile);
  await engine.addAttributes([level]);
  await engine.addEventTypes([visit]);
  await engine.close();
}

/** One call after the other, each of a kind of its own by turns. */
async function sendUntilKilled(address: string, sender: number, answered: Answered): Promise<void> {
  for (;;) {
    const call = answered[sender] ?? 0;
    const { target, lines } = callOf(sender, call);
    const body = lines.map((line) => JSON.stringify(line)).join("\n");
    const headers = { authorization: `Bearer ${secret}` };
    try {
      const response = await fetch(`${address}/${target}`, { method: "POST", headers, body });
      expect(await response.json()).toMatchObject({ accepted: linesOfCall, rejectedTotal: 0 });
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
    answered[sender] = call + 1;
  }
}

function callOf(sender: number, call: number) {
  const numbers = Array.from({ length: linesOfCall }, (_, n) => n);
  const id = (n: number) => `${sender}-${n}`;
  const at = 1_000 + call;
  if (call % 3 === 0)
    return { target: "customers", lines: numbers.map((n) => ({ id: id(n), attributes: { level: call } })) };
  if (call % 3 === 1)
    return {
      target: "events",
      lines: numbers.map((n) => ({ id: `${sender}-${call}-${n}`, customerId: id(n), type: "visit", at })),
    };
  const state = call % 2 === 0 ? "granted" : "withdrawn";
  return { target: "consents", lines: numbers.map((n) => ({ customerId: id(n), purpose: "news", state, at })) };
}

async function expectEverything(engineFile: string, answered: Answered): Promise<void> {
  const engine = await openDuckDbEngine(engineFile);
  const connection = await engine.connect();
  const reader = await connection.runAndReadAll(
    `SELECT split_part(id, '-', 1)::INTEGER, split_part(id, '-', 2)::INTEGER, count(*), count(DISTINCT id)
     FROM "events:visit" GROUP BY ALL`,
  );
  const found = new Map(
    reader.getRows().map(([sender, call, all, different]) => [`${sender}-${call}`, [Number(all), Number(different)]]),
  );
  for (const [sender, calls] of answered.entries()) {
    const events = Array.from({ length: calls }, (_, call) => call).filter((call) => call % 3 === 1);
    for (const call of events) expect(found.get(`${sender}-${call}`)).toEqual([linesOfCall, linesOfCall]);
    // The call that was not answered is there as a whole or not at all.
    for (const each of found.values()) expect(each).toEqual([linesOfCall, linesOfCall]);
    const customer = await engine.get(`${sender}-${linesOfCall - 1}`);
    const lastOf = (kind: number) =>
      Math.max(...Array.from({ length: calls }, (_, call) => call).filter((call) => call % 3 === kind), -1);
    if (lastOf(0) >= 0) expect(customer?.attributes.level).toBeGreaterThanOrEqual(lastOf(0));
    const statements = await engine.consentsOf(`${sender}-0`);
    const instants = statements.map(({ at }) => at);
    expect(new Set(instants).size).toBe(instants.length);
    if (lastOf(2) >= 0) expect(Math.max(...instants)).toBeGreaterThanOrEqual(1_000 + lastOf(2));
  }
  connection.closeSync();
  await engine.close();
}

function startIngesting(args: readonly string[]) {
  const program = join(import.meta.dirname, "..", "lib", "testing", "ingesting-process.ts");
  return spawn(process.execPath, ["--import", "tsx", program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}
