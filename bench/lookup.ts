import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor } from "../lib/access/actor";
import { lookUpCustomer } from "../lib/customers/server/look-up-customer";
import { openDuckDbEngine } from "../lib/engine/server/duckdb-engine";
import { explainMembership } from "../lib/guards/explain-membership";
import { guardedRuleOfArtefact } from "../lib/guards/guarded-rule";
import { artefactOf } from "../lib/releases/artefact-of";
import type { Rule } from "../lib/rules/definition";
import { segmentDocumentSchema } from "../lib/segments/document";
import { createDatabase } from "../lib/server/database";
import { startThrowawayPostgres } from "../lib/server/throwaway-postgres";
import { releaseArtefacts } from "../lib/testing/release-artefacts";
import { deployMigrations } from "../prisma/migrate";
import { benchCatalogue } from "./data/catalogue";
import { benchEngine, benchFolder } from "./data/engine";
import { benchNow } from "./data/generate";
import { machine, percentile } from "./data/machine";

/** One look at a customer, now and as of before, with every reason; beside the bare read of the row. */
const customers = 1_000_000;
const segments = Number(process.argv[2] ?? 200);
const looks = Number(process.argv[3] ?? 200);
const environment = "production";
const dayMs = 86_400_000;
const now = benchNow;
const released = now - 30 * dayMs;

/** About one customer in fifty is in each: a log as long as a company's. */
const artefacts = Array.from({ length: segments }, (_, n) => {
  const thirds: Rule[] = [
    { attribute: "spend", operator: "at_least", value: 3_000 + 5 * n },
    { attribute: "orders", operator: "at_least", value: 95 + (n % 20) },
    { attribute: "churn", operator: "less_than", value: 0.02 + n / 10_000 },
    { attribute: "city", operator: "in", value: [`City ${n}`, `City ${n + 1}`, `City ${n + 2}`] },
    { attribute: "email", operator: "contains", value: `.${n}` },
  ];
  const rule = {
    all: [
      { attribute: "active", operator: "equals", value: true },
      thirds[n % thirds.length],
      { any: [{ attribute: "plan", operator: "in", value: ["plus", "premium"] }, thirds[(n + 1) % thirds.length]] },
    ],
  };
  const document = segmentDocumentSchema.parse({
    ...{ key: `segment-${n}`, name: `Segment ${n}`, owner: { team: "growth", person: "bench@x.test" } },
    ...{ purposes: ["marketing"], regions: ["eu", "uk", "us"], definition: { rule } },
  });
  return artefactOf(document, { version: 1, contentHash: `hash-${n}`, rolloutPercent: 100 }, benchCatalogue);
});

const logged = join(benchFolder, `customers-${customers}-in-${segments}.duckdb`);
if (!existsSync(logged)) await follow(logged);
const home = await mkdtemp(join(tmpdir(), "steward-bench-lookup-"));
const path = join(home, "customers.duckdb");
await copyFile(logged, path);
const engine = await openDuckDbEngine(path);
const postgres = await startThrowawayPostgres();
await deployMigrations(postgres.url);
const owner = createDatabase(postgres.url, 1);
const db = createDatabase(postgres.url);
await owner.attribute.createMany({ data: [...benchCatalogue.attributes.values()].map((each) => ({ ...each })) });
await owner.purpose.createMany({ data: [...benchCatalogue.purposes.values()] });
await owner.region.createMany({ data: [...benchCatalogue.regions.values()] });
await releaseArtefacts(owner, { environment, artefacts, createdAt: new Date(released) });

const actor: Actor = {
  ...{ id: "bench", email: "bench@x.test", name: "Bench", team: null, roles: ["support"], via: "session" },
};
const ctx = { actor, db, now: new Date(now) };
const asOf = new Date(now - 2 * dayMs).toISOString();
const ids = Array.from({ length: looks }, (_, n) => idOf((n * 49_999) % customers));
const input = (id: string) => ({ id, environment, access: null });

const connection = await engine.connect();
const bare = await times((id) => connection.runAndReadAll("SELECT * FROM profiles WHERE id = $1", [id]));
const rows = Number((await connection.runAndReadAll("SELECT count(*) FROM membership_log")).getRows()[0]?.[0]);
connection.closeSync();
const looked = await times((id) => lookUpCustomer(ctx, input(id), engine));
const past = await times((id) => lookUpCustomer(ctx, { ...input(id), asOf }, engine));
const lines = await times((id) => engine.membershipsOf(environment, id));
const profiles = await Promise.all(ids.slice(0, 20).map((id) => engine.get(id)));
const rules = artefacts.map(guardedRuleOfArtefact);
const explained = profiles.flatMap((profile) => {
  if (!profile) return [];
  const start = performance.now();
  for (const rule of rules) explainMembership(rule, profile, now);
  return [performance.now() - start];
});

console.log(machine());
console.log(
  `${customers.toLocaleString("en")} customers, ${segments} segments, a log of ${rows.toLocaleString("en")} lines; ${looks} looks each`,
);
print("DuckDB: the bare read of the row", bare);
print("the line of one customer", lines);
print("Steward: a look now (bar: p95 at most 20 ms)", looked);
print("Steward: as of two days ago (bar: p95 at most 50 ms)", past);
print(`${segments} segments explained (bar: at most 5 ms)`, explained);
await engine.close();
await Promise.all([db.$disconnect(), owner.$disconnect()]);
await postgres.stop();
await rm(home, { recursive: true });

/** A copy of the customers with their log, and a past for one in twenty. */
async function follow(path: string): Promise<void> {
  await (await benchEngine(customers)).close();
  const begun = `${path}.new`;
  await copyFile(join(benchFolder, `customers-${customers}.duckdb`), begun);
  const engine = await openDuckDbEngine(begun);
  for (const [n, artefact] of artefacts.entries())
    await engine.materialise({
      ...{ environment, revision: n + 1, asOf: released, cause: "release" },
      segments: [{ segment: artefact.key, rule: guardedRuleOfArtefact(artefact) }],
    });
  for (let part = 0; part < 10; part++) {
    const changes = Array.from({ length: 5_000 }, (_, n) => ({
      ...{ id: idOf((part * 5_000 + n) * 20), attributes: { spend: n } },
    }));
    await engine.ingest({ changes }, now - dayMs);
  }
  await engine.close();
  await rename(begun, path);
}

function idOf(n: number): string {
  return `c${String(n).padStart(8, "0")}`;
}

/** Milliseconds of each, after ten that do not count. */
async function times(look: (id: string) => Promise<unknown>): Promise<number[]> {
  for (const id of ids.slice(0, 10)) await look(id);
  const taken: number[] = [];
  for (const id of ids) {
    const start = performance.now();
    await look(id);
    taken.push(performance.now() - start);
  }
  return taken;
}

function print(what: string, taken: readonly number[]): void {
  const [p50, p95] = [0.5, 0.95].map((part) => percentile(taken, part).toFixed(1));
  console.log(`${what.padEnd(54)} p50 ${p50} ms, p95 ${p95} ms`);
}
