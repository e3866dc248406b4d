import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attributeSchema, type EventType } from "../catalogue/definition";
import { guardedRule } from "../guards/guarded-rule";
import type { Profile } from "../rules/definition";
import { testEngines } from "../testing/engines";
import { fixedPlaces, namelessTables } from "./customer-places";
import type { Engine } from "./engine";
import { type DuckDbEngine, openDuckDbEngine } from "./server/duckdb-engine";

const visit: EventType = { key: "visit", name: "Visit", description: "", properties: [] };
const attributes = [
  attributeSchema.parse({ key: "mail", name: "Mail", type: "string" }),
  attributeSchema.parse({ key: "tags", name: "Tags", type: "string_set" }),
];
const everyone = guardedRule(
  {
    ...{ key: "s", purposes: [], regions: ["eu"] },
    definition: { rule: { attribute: "mail", operator: "is_set" }, include: [], exclude: [] },
  },
  { purposes: new Map() },
);
let engine: Engine;

/** In every place: c0 to c9, of whom c0 and c1 were merged once, c9 into c8 still is. */
async function fill(): Promise<void> {
  await engine.addAttributes(attributes);
  await engine.addEventTypes([visit]);
  const ids = Array.from({ length: 10 }, (_, n) => `customer-${n}`);
  await engine.ingest({ changes: ids.map((id) => ({ id, region: "eu", attributes: valuesOf(id) })) }, 1);
  await engine.ingest(
    {
      changes: ids.map((id) => ({ id, attributes: { tags: [`tag of ${id}`, "all"] } })),
      events: ids.map((id) => ({ id: `visit of ${id}`, customerId: id, type: "visit", at: 1, properties: {} })),
      consents: ids.map((customerId) => ({ customerId, purpose: "marketing", state: "granted", at: 1, source: "web" })),
      identities: ids.map((customerId) => ({ namespace: "device", value: `device of ${customerId}`, customerId })),
    },
    2,
  );
  const segments = [{ segment: "s", rule: everyone }];
  await engine.materialise({ environment: "production", revision: 1, asOf: 2, cause: "release", segments });
  await engine.merge({ from: "customer-9", into: "customer-8" }, 3);
}

function valuesOf(id: string): Profile["attributes"] {
  return { mail: `mail of ${id}` };
}

async function members(revision: number): Promise<string[]> {
  const all: string[] = [];
  for await (const page of engine.membersAt({ environment: "production", segment: "s", revision })) all.push(...page);
  return all;
}

describe.each(Object.entries(testEngines))("%s", { timeout: 60_000 }, (_, open) => {
  beforeEach(async () => {
    engine = await open();
    await fill();
  });
  afterEach(() => engine.close());

  test("nothing names the erased any more, in any place, and everybody else is as before", async () => {
    const others = async () => [
      await engine.get("customer-2"),
      await engine.eventsOf("customer-2", { limit: 9 }),
      await engine.consentsOf("customer-2"),
      await engine.identitiesOf("customer-2"),
      await engine.profileAt("customer-2", 1, []),
    ];
    const before = await others();
    const erased = ["customer-0", "customer-8", "customer-9"];
    const found = await engine.traces(erased);
    expect(found).toMatchObject({ events: 3, statements: 2, merges: 1, membership: 3 });
    expect(Object.values(found).every((rows) => rows > 0)).toBe(true);

    expect(await engine.erase(erased)).toEqual(found);

    expect(new Set(Object.values(await engine.traces(erased)))).toEqual(new Set([0]));
    expect(new Set(Object.values(await engine.erase(erased)))).toEqual(new Set([0]));
    expect(await engine.get("customer-0")).toBeNull();
    expect(await engine.population()).toBe(7);
    expect(await members(1)).toEqual(["1", "2", "3", "4", "5", "6", "7"].map((n) => `customer-${n}`));
    expect(await engine.statistics("mail")).toMatchObject({ customers: 7, missing: 0 });
    expect(await others()).toEqual(before);
    await engine.ingest({ changes: [{ id: "new", attributes: { mail: "new", tags: ["all", "more"] } }] }, 4);
    expect((await engine.get("new"))?.attributes).toEqual({ mail: "new", tags: ["all", "more"] });
  });
});

describe("the file of DuckDB", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "steward-erase-"));
    path = join(folder, "customers.duckdb");
    engine = await openDuckDbEngine(path);
    await fill();
  });
  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function occurrences(text: string): Promise<number> {
    const files = [path, `${path}.wal`].filter((file) => existsSync(file));
    const found = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)));
    return found.filter(Boolean).length;
  }

  test("holds no byte of the erased, and who reads meanwhile reads on", async () => {
    await (engine as DuckDbEngine).write(undefined, async (connection) => void (await connection.run("CHECKPOINT")));
    const texts = ["customer-0", "mail of customer-0", "tag of customer-0", "device of customer-0"];
    for (const text of texts) expect(await occurrences(text)).toBe(1);
    const reading = engine.members(everyone, 2)[Symbol.asyncIterator]();
    const first = await reading.next();
    const erasing = engine.erase(["customer-0"]);
    expect(await engine.get("customer-1")).not.toBeNull();
    expect(first.value).toContain("customer-0");
    expect(await reading.next()).toMatchObject({ done: true });
    await erasing;
    for (const text of texts) expect(await occurrences(text)).toBe(0);
    for (const text of texts) expect(await occurrences(text.replace("0", "1"))).toBe(1);
    await engine.close();
    engine = await openDuckDbEngine(path);
    expect(await engine.population()).toBe(8);
  });

  test("has no table that is not known to name customers or nobody", async () => {
    const connection = await (engine as DuckDbEngine).connect();
    const reader = await connection.runAndReadAll("SELECT table_name FROM duckdb_tables()");
    connection.closeSync();
    const known = new Set([...namelessTables, ...fixedPlaces.map(({ table }) => table), "events:visit"]);
    expect(reader.getRows().flatMap(([table]) => (known.has(String(table)) ? [] : [table]))).toEqual([]);
  });
});
