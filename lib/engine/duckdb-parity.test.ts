import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Catalogue } from "../catalogue/definition";
import type { Profile, Rule } from "../rules/definition";
import { toDuckDb } from "../rules/duckdb";
import { compile } from "../rules/evaluate";
import { anyInstant } from "../testing/condition-arbitraries";
import { anyCatalogue, anyProfile, anyRule } from "../testing/rule-arbitraries";
import { dictionaryLimits } from "./duckdb/layout";
import type { DuckDbEngine } from "./server/duckdb-engine";
import { openDuckDbEngine } from "./server/duckdb-engine";
import { readRows } from "./server/run-statement";
import { storableProfile } from "./storable-profile";

const batches = 8;
const rulesPerBatch = 25;
const profilesPerBatch = 100;

type Batch = {
  readonly catalogue: Catalogue;
  readonly rules: readonly Rule[];
  readonly profiles: readonly Profile[];
  readonly asOf: number;
};

const anyBatch: fc.Arbitrary<Batch> = fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) =>
  fc.record({
    catalogue: fc.constant(catalogue),
    rules: fc.array(anyRule(catalogue, asOf), { minLength: rulesPerBatch, maxLength: rulesPerBatch, size: "max" }),
    profiles: fc
      .array(anyProfile(catalogue, asOf), { minLength: profilesPerBatch, maxLength: profilesPerBatch, size: "max" })
      .map((profiles) => profiles.map((profile, index) => ({ ...profile, id: `${profile.id}#${index}` }))),
    asOf: fc.constant(asOf),
  }),
);

const opened: DuckDbEngine[] = [];
afterAll(() => Promise.all(opened.map((engine) => engine.close())));

test("DuckDB and the reference interpreter agree on 20,000 generated cases", { timeout: 120_000 }, async () => {
  let cases = 0;
  let members = 0;
  for (const [index, batch] of fc.sample(anyBatch, { numRuns: batches, seed: 20_261_121 }).entries()) {
    const engine = await openDuckDbEngine(":memory:", index % 2 === 0 ? dictionaryLimits : { code: 0, bits: 0 });
    opened.push(engine);
    await engine.addAttributes([...batch.catalogue.attributes.values()]);
    const types = new Map([...batch.catalogue.attributes].map(([key, { type }]) => [key, type]));
    const profiles = batch.profiles.map((profile) => storableProfile(profile, types));
    await engine.upsert(batch.profiles);
    for (const rule of batch.rules) {
      const byDuckDb = await membersOf(engine, rule, batch.asOf);
      const holds = compile(rule);
      const byInterpreter = profiles.filter((profile) => holds(profile, batch.asOf)).map(({ id }) => id);
      expect(byDuckDb, JSON.stringify({ rule, asOf: batch.asOf })).toEqual(new Set(byInterpreter));
      cases += profiles.length;
      members += byInterpreter.length;
    }
  }
  expect(cases).toBeGreaterThanOrEqual(20_000);
  expect(members / cases).toBeGreaterThan(0.1);
  expect(members / cases).toBeLessThan(0.9);
});

async function membersOf(engine: DuckDbEngine, rule: Rule, asOf: number): Promise<ReadonlySet<string>> {
  const { sql, parameters } = toDuckDb(rule, engine.layout(), asOf);
  const connection = await engine.connect();
  try {
    const rows = await readRows(connection, { sql: `SELECT id FROM profiles WHERE ${sql}`, parameters });
    return new Set(rows.map(([id]) => String(id)));
  } finally {
    connection.closeSync();
  }
}
