import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../engine/engine";
import { openDuckDbEngine } from "../engine/server/duckdb-engine";
import type { Rule } from "../rules/definition";
import { testEngines } from "../testing/engines";
import { readFiles } from "../testing/read-events";
import { expectOverlaps, expectSegment, expectTrap, realData } from "../testing/real-data";
import {
  telcoAttributes,
  telcoCatalogue,
  telcoMapping,
  telcoProfile,
  telcoRegion,
  telcoRules,
} from "../testing/telco-rules";
import { runImport } from "./server/run-import";

const { title, isThere, dataset } = realData("telco-churn", "the Telco customers");
const columns = dataset.columns.slice(1);
const asOf = Date.parse("2026-01-01T00:00:00Z");

const monthly: Rule = { attribute: "contract", operator: "equals", value: "Month-to-month" };
const isNew: Rule = { attribute: "tenure", operator: "less_than", value: 6 };
const partner: Rule = { attribute: "partner", operator: "equals", value: true };
const dependents: Rule = { attribute: "dependents", operator: "equals", value: true };
const traps: readonly (readonly [string, string, Rule])[] = [
  [
    "T2",
    "tenure > 24",
    {
      all: [
        { attribute: "tenure", operator: "greater_than", value: 24 },
        { attribute: "contract", operator: "in", value: ["One year", "Two year"] },
      ],
    },
  ],
  [
    "T5",
    "blank coerced to 0",
    {
      any: [
        { attribute: "total_charges", operator: "less_than", value: 100 },
        { attribute: "total_charges", operator: "is_not_set" },
      ],
    },
  ],
  [
    "T6",
    "exclusive both ends",
    {
      all: [
        { attribute: "monthly_charges", operator: "greater_than", value: 70 },
        { attribute: "monthly_charges", operator: "less_than", value: 100 },
      ],
    },
  ],
  [
    "T7",
    'startsWith "No" (also "No internet service")',
    { attribute: "online_security", operator: "starts_with", value: "No" },
  ],
  [
    "T8",
    "AND binds before OR (no parentheses)",
    { any: [monthly, { all: [isNew, { none: [{ all: [partner, dependents] }] }] }] },
  ],
  [
    "T8",
    "NOT distributes wrongly (NOT a AND NOT b)",
    { all: [{ any: [monthly, isNew] }, { none: [partner, dependents] }] },
  ],
];

/** By the product's own import where it stores into files of its own; elsewhere row by row. */
const stores: Readonly<Record<Engine["kind"], () => Promise<Engine>>> = {
  duckdb: importedByTheProduct,
  clickhouse: storedRowByRow,
};

describe.skipIf(!isThere).each(Object.entries(stores))(`${title}, in %s`, { timeout: 60_000 }, (_, store) => {
  let engine: Engine;
  const questions = () => ({ engine, rules: telcoRules, region: telcoRegion, asOf });
  beforeAll(async () => {
    engine = await store();
  }, 60_000);
  afterAll(() => engine.close());

  test.each(dataset.segments)("$id: $description", (segment) => expectSegment(questions(), dataset, segment));
  test("any two of them share the customers they should", () => expectOverlaps(questions(), dataset));
  test.each(traps)("%s: %s is another count", (...trap) => expectTrap(questions(), dataset, trap));
});

async function importedByTheProduct(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), "steward-telco-"));
  const engine = await openDuckDbEngine(":memory:");
  const file = join(folder, "telco.csv");
  await copyFile(dataset.file, file);
  const result = await runImport({
    ...{ engine, file, fileName: "telco.csv", rejectsFile: join(folder, "rejects.csv") },
    ...{ catalogue: telcoCatalogue(columns), mapping: telcoMapping(columns) },
  });
  expect(result).toMatchObject({ rows: dataset.rows, accepted: dataset.rows, rejected: 0, updated: 0 });
  await rm(folder, { recursive: true });
  return engine;
}

async function storedRowByRow(): Promise<Engine> {
  const engine = await testEngines.clickhouse();
  await engine.addAttributes(telcoAttributes(columns));
  const rows = await readFiles(`FROM read_csv('${dataset.file}', header = true, all_varchar = true)`);
  const profiles = rows.map(({ customerID, ...row }) =>
    telcoProfile(String(customerID), Object.fromEntries(columns.map((column) => [column, String(row[column] ?? "")]))),
  );
  await engine.upsert(profiles);
  return engine;
}
