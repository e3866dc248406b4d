import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { attributeSchema } from "../catalogue/definition";
import { guardedRule } from "../guards/guarded-rule";
import type { Profile, Rule } from "../rules/definition";
import { guarded } from "../testing/guarded";
import { type DuckDbEngine, openDuckDbEngine } from "./server/duckdb-engine";
import { inTransaction } from "./server/layout-store";

const attributes = [
  attributeSchema.parse({ key: "plan", name: "Plan", type: "string" }),
  attributeSchema.parse({ key: "tags", name: "Tags", type: "string_set" }),
];

let engine: DuckDbEngine;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-engine-"));
  engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
  await engine.addAttributes(attributes);
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

test("strings and sets are kept as codes and bits until they have too many values", async () => {
  const storages = () => [...engine.layout().attributes.values()].map(({ storage }) => storage);
  const many = Array.from({ length: 5_000 }, (_, n) => customer(`c${n}`, { plan: `plan ${n}`, tags: [`${n % 700}`] }));
  await engine.upsert(many.slice(0, 400));
  expect(storages()).toEqual(["code", "bits"]);
  await engine.upsert(many);
  expect(storages()).toEqual(["text", "texts"]);
  expect((await engine.get("c4321"))?.attributes).toEqual({ plan: "plan 4321", tags: ["121"] });
});

test("a question that waits takes nobody whom a guard denies by a region or a purpose that came meanwhile", async () => {
  await engine.upsert([{ ...customer("1", { plan: "free" }), region: "eu" }]);
  const legal = { key: "billing", name: "Billing", description: "", lawfulBasis: "contract" } as const;
  const rule: Rule = { attribute: "plan", operator: "in", value: ["free"] };
  const document = { key: "s", purposes: ["billing"], regions: ["eu"], definition: { rule, include: [], exclude: [] } };
  const asked = engine.members(guardedRule(document, { purposes: new Map([["billing", legal]]) }), 0);
  await engine.upsert([
    { ...customer("2", { plan: "free" }), region: "us" },
    { ...customer("3", { plan: "premium" }), region: "eu" },
    { ...customer("4", { plan: "free" }), region: "eu", objections: ["billing"] },
  ]);
  const ids: string[] = [];
  for await (const page of asked) ids.push(...page);
  expect(ids).toEqual(["1"]);
});

test("the log of membership is written while an import is, which may take as long as it will", async () => {
  await engine.upsert([customer("1", { plan: "free" }), customer("2", { plan: "free" })]);
  const [begun, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const importing = engine.write(undefined, (connection) =>
    inTransaction(connection, async () => {
      await connection.run("DELETE FROM profiles WHERE id = '2'");
      begun.resolve();
      await ending.promise;
    }),
  );
  await begun.promise;
  const line = { environment: "production", asOf: 0, cause: "release" };
  const rule = guarded({ attribute: "plan", operator: "is_set" }, "eu");
  await engine.materialise({ ...line, revision: 1, segments: [{ segment: "s", rule }] });
  await engine.forgetBeyond({ environment: "production", revision: 0 });
  await engine.materialise({ ...line, revision: 1, segments: [{ segment: "s", rule: null }] });
  ending.resolve();
  await importing;
  expect(await engine.get("2")).toBeNull();
});

test("everything is kept when the file is opened again", async () => {
  await engine.upsert([customer("1", { plan: "free" })]);
  await engine.close();
  engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
  expect(await engine.get("1")).toEqual(customer("1", { plan: "free" }));
  expect([...(await engine.storedAttributes())]).toEqual(attributes.map(({ key, type }) => [key, type]));
  expect(await engine.changedAt()).toBeGreaterThan(0);
});

test("customers of a file that knows no spots are found, and those who come to it", async () => {
  await engine.upsert([customer("1", { plan: "free" })]);
  await engine.write(undefined, async (connection) => {
    await connection.run("ALTER TABLE profiles DROP COLUMN spot");
  });
  await engine.close();
  engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
  await engine.upsert([customer("2", { plan: "pro" })]);
  expect(await engine.get("1")).toEqual(customer("1", { plan: "free" }));
  expect(await engine.get("2")).toEqual(customer("2", { plan: "pro" }));
});

test("a file that is no database is refused with what to do", async () => {
  const path = join(folder, "damaged.duckdb");
  await writeFile(path, "not a database ".repeat(1_000));
  await expect(openDuckDbEngine(path)).rejects.toThrow(/cannot be read.*backup/s);
});

test("a file that a killed process had begun to make is made anew", async () => {
  const path = join(folder, "begun.duckdb");
  await writeFile(`${path}.new`, "");
  await (await openDuckDbEngine(path)).close();
  expect((await readdir(folder)).filter((name) => name.startsWith("begun"))).toEqual(["begun.duckdb"]);
});

function customer(id: string, values: Profile["attributes"]): Profile {
  return { id, region: "eu", consents: [], objections: [], attributes: values };
}
