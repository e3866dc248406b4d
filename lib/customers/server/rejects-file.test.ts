import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attributeSchema, catalogueOf } from "../../catalogue/definition";
import { type DuckDbEngine, openDuckDbEngine } from "../../engine/server/duckdb-engine";
import { importMappingSchema } from "../import-mapping";
import { runImport } from "./run-import";

let folder: string;
let engine: DuckDbEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-rejects-"));
  engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

test("rejects that cannot be written fail the import and end no process", async () => {
  const file = join(folder, "customers.csv");
  const good = Array.from({ length: 300_000 }, (_, n) => `c${n},1\n`).join("");
  await writeFile(file, `id,spend\nfirst,none\n${good}last,none\n`);
  const spend = attributeSchema.parse({ key: "spend", name: "Spend", type: "number" });
  const importing = runImport({
    ...{ engine, file, fileName: "customers.csv", catalogue: catalogueOf({ attributes: [spend] }) },
    mapping: importMappingSchema.parse({ id: "id", attributes: { spend: { key: "spend", type: "number" } } }),
    rejectsFile: join(folder, "gone", "rejects.csv"),
  });
  await expect(importing).rejects.toMatchObject({ code: "ENOENT" });
  await pause(20);
  expect(await engine.population()).toBe(0);
});
