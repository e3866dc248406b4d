import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ErasedCustomers } from "../audit/server/erased-customers";
import { type Attribute, attributeSchema, catalogueOf } from "../catalogue/definition";
import type { CustomerEngine } from "../engine/server/engine-instance";
import { testEngines } from "../testing/engines";
import { type ImportMapping, importMappingSchema } from "./import-mapping";
import { importCustomers } from "./server/import-customers";

const attributes: Attribute[] = [
  attributeSchema.parse({ key: "plan", name: "Plan", type: "string" }),
  attributeSchema.parse({ key: "spend", name: "Spend", type: "number" }),
  attributeSchema.parse({ key: "active", name: "Active", type: "boolean" }),
  attributeSchema.parse({ key: "seen", name: "Seen", type: "timestamp" }),
  attributeSchema.parse({ key: "tags", name: "Tags", type: "string_set" }),
];
const region = { name: "", description: "" };
const catalogue = catalogueOf({
  attributes,
  purposes: ["marketing", "billing", "research"].map((key) => ({
    ...{ key, name: key, description: "", lawfulBasis: "consent" },
  })),
  regions: [
    { key: "eu", ...region },
    { key: "us", ...region },
  ],
});
const everything = importMappingSchema.parse({
  ...{ id: "id", region: "region", consents: { list: { column: "consents" } } },
  attributes: {
    plan: { key: "plan", type: "string" },
    spend: { key: "spend", type: "number" },
    active: { key: "active", type: "boolean" },
    seen: { key: "seen", type: "timestamp" },
    tags: { key: "tags", type: "string_set" },
  },
});
const planAndMarketing = importMappingSchema.parse({
  ...{ id: "id", consents: { columns: { mails: "marketing" } } },
  attributes: { plan: { key: "plan", type: "string" } },
});

let folder: string;
let engine: CustomerEngine;

describe.each(Object.entries(testEngines))("imports into %s", { timeout: 60_000 }, (_, open) => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "steward-imports-"));
    engine = await open();
  });
  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("take good rows over, refuse the others, and leave what the mapping leaves out", async () => {
    const first = await importing(everything, [
      "id,region,consents,plan,spend,active,seen,tags",
      "1,eu,marketing|research,premium,1.5,yes,2026-01-01,a|b",
      "2,us,,Zoë 👩‍👩‍👧,-0,no,,",
      "3,mars,,free,1,yes,,",
      "4,eu,billing,free,many,yes,,",
    ]);
    expect(first).toMatchObject({ rows: 4, accepted: 2, updated: 0, rejected: 2 });
    const second = await importing(planAndMarketing, [
      "id,plan,mails",
      "1,,no",
      "2,basic,yes",
      "5,basic,yes",
      "5,new,yes",
    ]);
    expect(second).toMatchObject({ rows: 4, accepted: 4, updated: 3, rejected: 0 });
    expect(await engine.get("1")).toEqual({
      ...{ id: "1", region: "eu", consents: ["research"], objections: [] },
      attributes: { spend: 1.5, active: true, seen: Date.parse("2026-01-01"), tags: ["a", "b"] },
    });
    expect(await engine.get("2")).toEqual({
      ...{ id: "2", region: "us", consents: ["marketing"], objections: [] },
      attributes: { plan: "basic", spend: 0, active: false },
    });
    expect(await engine.get("5")).toMatchObject({ consents: ["marketing"], attributes: { plan: "new" } });
    expect(await engine.population()).toBe(3);
    expect((await readdir(folder)).sort()).toEqual(["rejects.csv", "upload.csv"]);
  });

  test("keep what the file says of purposes, what was said later decides, and the past is known", async () => {
    const at = Date.now();
    const said = { purpose: "marketing", source: "app" } as const;
    await engine.ingest({ consents: [{ ...said, customerId: "3", state: "objected", at: at - 1 }] }, at - 1);
    const header = "id,region,consents,plan,spend,active,seen,tags";
    await importing(everything, [header, "1,eu,marketing|research,a,,,,", "2,us,,b,,,,"], at);
    const between = Date.now();
    await engine.ingest({ consents: [{ ...said, customerId: "2", state: "withdrawn", at: at + 2 }] }, between);
    const mails = ["id,plan,mails", "1,c,no", "2,b,yes", "3,b,no", "4,b,no"];
    while (Date.now() <= between) await new Promise((resolve) => setImmediate(resolve));
    await importing(planAndMarketing, mails, at + 1);
    const states = async (id: string) =>
      (await engine.consentsOf(id))
        .map((each) => `${each.purpose} ${each.state} ${each.source} ${each.at - at}`)
        .sort();
    expect(await states("1")).toEqual([
      ...["marketing granted import:1 0", "marketing withdrawn import:1 1", "research granted import:1 0"],
    ]);
    expect(await states("2")).toEqual(["marketing granted import:1 1", "marketing withdrawn app 2"]);
    expect(await states("3")).toEqual(["marketing objected app -1", "marketing withdrawn import:1 1"]);
    expect(await states("4")).toEqual([]);
    expect(await Promise.all(["1", "2", "3", "4"].map(async (id) => (await engine.get(id))?.consents))).toEqual([
      ...[["research"], [], [], []],
    ]);
    expect(await engine.profileAt("1", between, [])).toMatchObject({
      ...{ region: "eu", attributes: { plan: "a" } },
      consents: expect.arrayContaining(["marketing", "research"]),
    });
    expect((await engine.profileAt("2", between, []))?.attributes).toEqual({ plan: "b" });
    expect(await engine.profileAt("4", between, [])).toBeNull();
  });

  test("take rows of who was merged as of who they are now, and none of who was erased", async () => {
    const header = "id,region,consents,plan,spend,active,seen,tags";
    await importing(everything, [header, "a,eu,,x,,,,", "b,eu,,y,,,,"]);
    await engine.merge({ from: "a", into: "b" }, Date.now());
    const among = async (ids: readonly string[]) => new Set(ids.filter((id) => id === "gone"));
    const erased = { isAnybody: async () => true, among };
    const result = await importing(planAndMarketing, ["id,plan,mails", "a,z,no", "gone,z,no"], Date.now(), erased);
    expect(result).toMatchObject({ rows: 2, accepted: 1, rejected: 1, rejectedBy: new Map([["erased", 1]]) });
    expect((await engine.get("b"))?.attributes.plan).toBe("z");
    expect([await engine.get("a"), await engine.get("gone")]).toEqual([null, null]);
    expect(await readdir(folder)).toEqual(["upload.csv"]);
  });

  test("refuse a column of another type than is stored, and change nothing", async () => {
    await engine.addAttributes([attributeSchema.parse({ key: "plan", name: "Plan", type: "number" })]);
    const refused = importing(planAndMarketing, ["id,plan,mails", "1,free,no"]);
    await expect(refused).rejects.toMatchObject({ code: "invalid", reason: "attribute-type-changed" });
    expect(await engine.population()).toBe(0);
  });
});

async function importing(mapping: ImportMapping, lines: readonly string[], at = Date.now(), erased?: ErasedCustomers) {
  const file = join(folder, "upload.csv");
  await writeFile(file, lines.join("\n"));
  const rejectsFile = join(folder, "rejects.csv");
  const recorded = { source: "import:1", at };
  return importCustomers({
    engine,
    catalogue,
    file,
    fileName: "upload.csv",
    mapping,
    rejectsFile,
    recorded,
    ...(erased && { erased }),
  });
}
