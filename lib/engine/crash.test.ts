import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runApart } from "../testing/run-apart";
import { openDuckDbEngine } from "./server/duckdb-engine";

const program = "writing-process.ts";
const customers = 200_000;

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-crash-"));
  path = join(folder, "customers.duckdb");
  await runApart(program, [path, "prepare", String(customers)]);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is found each time after the process was killed so many milliseconds into its work. */
async function foundAfterKills<T>(args: readonly string[], look: () => Promise<T>): Promise<Set<T>> {
  const found = new Set<T>();
  for (const killAfterMs of [0, 30, 80, 160, 400]) {
    await runApart(program, args, killAfterMs);
    found.add(await look());
  }
  return found;
}

test("a line of the log whose writer is killed is there as a whole or not at all", { timeout: 120_000 }, async () => {
  const found = await foundAfterKills([path, "materialise"], async () => {
    const engine = await openDuckDbEngine(path);
    let members = 0;
    for await (const page of engine.membersAt({ environment: "production", segment: "s", revision: 2 }))
      members += page.length;
    await engine.forgetBeyond({ environment: "production", revision: 1 });
    await engine.close();
    return members;
  });
  expect([0, customers]).toEqual(expect.arrayContaining([...found]));
});

test("events whose writer is killed are all there or none", { timeout: 120_000 }, async () => {
  const found = await foundAfterKills([path, "append", "20000"], async () => {
    const engine = await openDuckDbEngine(path);
    const connection = await engine.connect();
    const counted = await connection.runAndReadAll(`SELECT count(*) FROM "events:visit"`);
    await connection.run(`DELETE FROM "events:visit"`);
    connection.closeSync();
    await engine.close();
    return Number(counted.getRows()[0]?.[0]);
  });
  expect([0, 20_000]).toEqual(expect.arrayContaining([...found]));
});
