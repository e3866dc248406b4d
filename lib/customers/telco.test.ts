import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { type DuckDbEngine, openDuckDbEngine } from "../engine/server/duckdb-engine";
import { guardedRule } from "../guards/guarded-rule";
import { telcoRules, telcoType } from "../testing/telco-rules";
import { suggestedKey } from "./import-inference";
import { runImport } from "./server/run-import";

const data = join(import.meta.dirname, "../../../shared/data");
const isThere = existsSync(join(data, "expected-counts.json"));
const title = isThere ? "the Telco customers" : "the Telco customers (not run: ../shared/data is not there)";

const expectedSchema = z.object({
  datasets: z.object({
    "telco-churn": z.object({
      file: z.string(),
      rows: z.number(),
      columns: z.array(z.string()),
      segments: z.array(
        z.object({ id: z.string(), description: z.string(), count: z.number(), membersSha256: z.string() }),
      ),
    }),
  }),
});

describe.skipIf(!isThere)(title, () => {
  let folder: string;
  let engine: DuckDbEngine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "steward-telco-"));
    engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
    const { file, rows, columns } = telco();
    const mapped = columns.slice(1).map((column) => ({ column, key: suggestedKey(column), type: telcoType(column) }));
    const catalogue = catalogueOf({
      attributes: mapped.map(({ key, type }) => attributeSchema.parse({ key, name: key, type })),
      regions: [{ key: "us", name: "United States", description: "" }],
      purposes: [{ key: "retention", name: "Retention", lawfulBasis: "consent", description: "" }],
    });
    await copyFile(join(data, file), join(folder, "telco.csv"));
    const result = await runImport({
      engine,
      catalogue,
      file: join(folder, "telco.csv"),
      fileName: "telco.csv",
      rejectsFile: join(folder, "rejects.csv"),
      mapping: {
        target: "customers",
        id: "customerID",
        region: { constant: "us" },
        consents: { columns: {}, constant: ["retention"] },
        attributes: Object.fromEntries(mapped.map(({ column, key, type }) => [column, { key, type }])),
      },
    });
    expect(result).toMatchObject({ rows, accepted: rows, rejected: 0, updated: 0 });
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(isThere ? telco().segments : [])("$id: $description", async ({ id, count, membersSha256 }) => {
    const rule = telcoRules[id];
    if (!rule) throw new Error(`There is no rule for ${id}.`);
    const definition = { rule, include: [], exclude: [] };
    const segment = guardedRule(
      { key: "telco", purposes: ["retention"], regions: ["us"], definition },
      { purposes: new Map() },
    );
    const asOf = Date.parse("2026-01-01T00:00:00Z");
    const counts = await engine.counts(segment, asOf);
    expect(counts).toMatchObject({ population: 7_043, matched: count, members: count });
    const members: string[] = [];
    for await (const page of engine.members(segment, asOf)) members.push(...page);
    expect(sha256(members)).toBe(membersSha256);
  });
});

function telco() {
  return expectedSchema.parse(JSON.parse(readFileSync(join(data, "expected-counts.json"), "utf8"))).datasets[
    "telco-churn"
  ];
}

function sha256(members: readonly string[]): string {
  return createHash("sha256").update(members.join("\n")).digest("hex");
}
