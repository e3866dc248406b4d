import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDuckDbEngine } from "../engine/server/duckdb-engine";
import { runApart } from "../testing/run-apart";

const program = "importing-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-crash-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("an import killed at any moment leaves the old rows, or all of the new", { timeout: 180_000 }, async () => {
  const path = join(folder, "customers.duckdb");
  const rows = (plan: string, customers: number) => Array.from({ length: customers }, (_, n) => `c${n},${plan}\n`);
  await writeFile(join(folder, "old.csv"), `id,plan\n${rows("old", 5_000).join("")}`);
  await writeFile(join(folder, "new.csv"), `id,plan\n${rows("new", 200_000).join("")}`);
  await runApart(program, [path, join(folder, "old.csv")]);
  const seen = new Set<string>();
  for (const killAfterMs of [0, 80, 200, 400, 800]) {
    await runApart(program, [path, join(folder, "new.csv")], killAfterMs);
    const engine = await openDuckDbEngine(path);
    const population = await engine.population();
    const { values } = await engine.statistics("plan");
    await engine.close();
    seen.add(JSON.stringify({ population, values }));
  }
  const whole = (value: string, customers: number) =>
    JSON.stringify({ population: customers, values: [{ value, customers }] });
  expect([whole("old", 5_000), whole("new", 200_000)]).toEqual(expect.arrayContaining([...seen]));
  expect(seen).toContain(whole("old", 5_000));
});
