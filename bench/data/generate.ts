import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

export const benchNow = Date.parse("2026-11-01T00:00:00Z");
const firstInstant = Date.parse("2020-01-01T00:00:00Z");

/** What a row holds, by column. */
const columns = {
  customer_id: "'c' || lpad(n::VARCHAR, 8, '0')",
  region: pick(1, ["eu", "uk", "us", "apac"]),
  plan: pick(2, ["free", "basic", "plus", "premium", "business", ""]),
  city: `'City ' || floor(${random(3)} ** 2 * 400)::INTEGER`,
  channel: pick(4, ["web", "app", "store", "partner", "phone"]),
  device: pick(5, ["ios", "android", "desktop", ""]),
  spend: `CASE WHEN ${random(6)} >= 0.1 THEN round(${random(7)} ** 3 * 5000, 2) END`,
  balance: `round(${random(8)} * 1000 - 200, 2)`,
  tenure_months: `floor(${random(9)} * 80)::INTEGER`,
  orders: `floor(${random(10)} ** 2 * 120)::INTEGER`,
  churn: `CASE WHEN ${random(11)} >= 0.05 THEN round(${random(12)}, 4) END`,
  active: `${random(13)} < 0.7`,
  marketing: `CASE WHEN ${random(14)} < 0.6 THEN 'yes' ELSE 'no' END`,
  research: `CASE WHEN ${random(15)} < 0.3 THEN 'yes' ELSE 'no' END`,
  signed_up_at: isoTime("signed_up"),
  last_seen_at: `CASE WHEN ${random(16)} >= 0.08 THEN ${isoTime(`signed_up + ${random(17)} * (${benchNow} - signed_up)`)} END`,
  email: `'person.' || floor(${random(18)} * 1e9)::BIGINT || '.' || chr(97 + floor(${random(19)} * 26)::INTEGER) || '@example.com'`,
  tags: `CASE WHEN ${random(20)} >= 0.2 THEN ${tag(21)} || '|' || ${tag(22)} END`,
};
export const benchColumns = Object.keys(columns).join(",");

/** The k-th random number of a row, from 0 up to 1. */
function random(k: number): string {
  return `((hash(n * 32 + ${k}) >> 11)::DOUBLE / 9007199254740992)`;
}

function pick(k: number, values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(", ")}][1 + floor(${random(k)} * ${values.length})::INTEGER]`;
}

function tag(k: number): string {
  return pick(k, ["vip", "trial", "student", "beta", "churned", "reseller", "family", "gift"]);
}

function isoTime(milliseconds: string): string {
  return `strftime(make_timestamp((${milliseconds})::BIGINT * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')`;
}

/** Writes `customers` rows as CSV, once; the same rows each time. Gives the file's path. */
export async function generatedCustomers(customers: number, path: string): Promise<string> {
  if (existsSync(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const row = Object.entries(columns).map(([name, value]) => `${value} AS ${name}`);
  await connection.run(`COPY (
    SELECT ${row.join(", ")}
    FROM (SELECT n, ${firstInstant} + ${random(0)} * ${benchNow - firstInstant} AS signed_up FROM range(${customers}) r(n))
  ) TO '${path}.new' (FORMAT csv, HEADER)`);
  connection.closeSync();
  instance.closeSync();
  await rename(`${path}.new`, path);
  return path;
}
