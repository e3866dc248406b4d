import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csvLine } from "../csv-line";
import { openDuckDbEngine } from "../engine/server/duckdb-engine";
import type { Profile } from "../rules/definition";
import { evaluate } from "../rules/evaluate";
import { guarded } from "../testing/guarded";
import { telcoCatalogue, telcoMapping, telcoProfile, telcoRegion, telcoRules } from "../testing/telco-rules";
import { runImport } from "./server/run-import";

const columns: Record<string, readonly string[]> = {
  SeniorCitizen: ["0", "1"],
  Partner: ["Yes", "No"],
  Dependents: ["Yes", "No"],
  tenure: ["0", "1", "5", "6", "23", "24", "25", "9"],
  InternetService: ["DSL", "Fiber optic", "No"],
  OnlineSecurity: ["Yes", "No", "No internet service"],
  Contract: ["Month-to-month", "One year", "Two year"],
  PaperlessBilling: ["Yes", "No"],
  PaymentMethod: ["Electronic check", "Bank transfer (automatic)"],
  MonthlyCharges: ["69.99", "70", "70.05", "100", "100.0", "100.01"],
  TotalCharges: [" ", "9", "99.95", "100", "1000.5"],
  Churn: ["Yes", "No"],
};
const asOf = Date.parse("2026-01-01T00:00:00Z");

/** A fixed mixture, in which every value meets every other one. */
function rowOf(n: number): string[] {
  return Object.values(columns).map((values, index) => {
    const mixed = Math.imul(Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b), 0xc2b2ae35) >>> 11;
    return values[mixed % values.length] ?? "";
  });
}

function profileOf(n: number): Profile {
  const row = rowOf(n);
  return telcoProfile(
    idOf(n),
    Object.fromEntries(Object.keys(columns).map((column, index) => [column, row[index] ?? ""])),
  );
}

function idOf(n: number): string {
  return String(n).padStart(5, "0");
}

test("generated customers, imported and counted, are members exactly where the interpreter says so", async () => {
  const folder = await mkdtemp(join(tmpdir(), "steward-generated-"));
  const engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
  const customers = Array.from({ length: 4_000 }, (_, n) => n);
  const lines = customers.map((n) => csvLine([idOf(n), ...rowOf(n)]));
  await writeFile(join(folder, "telco.csv"), csvLine(["customerID", ...Object.keys(columns)]) + lines.join(""));
  await runImport({
    engine,
    file: join(folder, "telco.csv"),
    fileName: "telco.csv",
    rejectsFile: join(folder, "rejects.csv"),
    catalogue: telcoCatalogue(Object.keys(columns)),
    mapping: telcoMapping(Object.keys(columns)),
  });
  const profiles = customers.map(profileOf);
  for (const rule of Object.values(telcoRules)) {
    const segment = guarded(rule, telcoRegion);
    const members: string[] = [];
    for await (const page of engine.members(segment, asOf)) members.push(...page);
    const expected = profiles.filter((profile) => evaluate(rule, profile, asOf)).map(({ id }) => id);
    expect(members).toEqual(expected);
    expect(members.length).toBeGreaterThan(0);
  }
  await engine.close();
  await rm(folder, { recursive: true });
});
