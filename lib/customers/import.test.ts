import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AttributeType, attributeSchema, catalogueOf } from "../catalogue/definition";
import { type DuckDbEngine, openDuckDbEngine } from "../engine/server/duckdb-engine";
import { type ImportMapping, importMappingSchema } from "./import-mapping";
import { type ImportResult, runImport } from "./server/run-import";

const types: Record<string, AttributeType> = {
  plan: "string",
  spend: "number",
  active: "boolean",
  seen_at: "timestamp",
  tags: "string_set",
};
const catalogue = catalogueOf({
  attributes: [
    ...Object.entries(types).map(([key, type]) => attributeSchema.parse({ key, name: key, type })),
    attributeSchema.parse({ key: "orders", name: "Orders", type: "number", source: "computed" }),
  ],
  regions: ["eu", "uk"].map((key) => ({ key, name: key, description: "" })),
  purposes: ["marketing", "research"].map((key) => ({
    key,
    name: key,
    lawfulBasis: "consent" as const,
    description: "",
  })),
});

let folder: string;
let engine: DuckDbEngine;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-import-"));
  engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe("good files", () => {
  test("cells are read by type: blank is missing, ids stay text, texts are NFC and trimmed", async () => {
    const result = await importText(
      [
        "id,plan,spend,active,seen_at,tags",
        "0,  Zoe\u0308 ,1e2,YES,2026-01-02,b|a|b",
        "007,\u00a0,-0,0,2026-01-02T03:04:05.678+02:00, | ",
        '123456789012345678901234567890,"a, ""b""", ,,2026-01-02T03:04Z,',
        " x ,n,0.1,no,2026-01-02 03:04:05,",
      ].join("\n"),
    );
    expect(result).toMatchObject({ format: "csv", rows: 4, accepted: 4, rejected: 0, updated: 0 });
    expect(await valuesOf("0")).toEqual({
      plan: "Zoë",
      spend: 100,
      active: true,
      seen_at: at("2026-01-02"),
      tags: ["b", "a"],
    });
    expect(await valuesOf("007")).toEqual({
      spend: 0,
      active: false,
      seen_at: at("2026-01-02T01:04:05.678Z"),
      tags: [],
    });
    expect(await valuesOf("123456789012345678901234567890")).toEqual({
      plan: 'a, "b"',
      seen_at: at("2026-01-02T03:04Z"),
    });
    expect(await valuesOf("x")).toEqual({ plan: "n", spend: 0.1, active: false, seen_at: at("2026-01-02T03:04:05Z") });
    expect(existsSync(join(folder, "rejects.csv"))).toBe(false);
    expect((await readdir(folder)).filter((name) => name.startsWith("import-"))).toEqual([]);
  });

  const rows = [
    ["id", "plan"],
    ["1", "é £"],
    ["2", "b"],
  ];
  const joined = (delimiter: string, end = "\n") => rows.map((row) => row.join(delimiter)).join(end);
  test.each<[string, string, Buffer]>([
    ["CSV with a byte order mark", "a.csv", Buffer.from(`\ufeff${joined(",")}`)],
    ["CSV with Windows line ends", "a.csv", Buffer.from(joined(",", "\r\n"))],
    ["CSV with old Macintosh line ends", "a.csv", Buffer.from(joined(",", "\r"))],
    ["semicolons", "a.csv", Buffer.from(joined(";"))],
    ["tabs", "a.tsv", Buffer.from(joined("\t"))],
    ["pipes", "a.txt", Buffer.from(joined("|"))],
    ["Latin-1", "a.csv", Buffer.from(joined(","), "latin1")],
    ["UTF-16", "a.csv", Buffer.from(`\ufeff${joined(",")}`, "utf16le")],
    ["gzip", "a.csv.gz", gzipSync(joined(","))],
    ["NDJSON", "a.ndjson", Buffer.from('{"id":"1","plan":"é £"}\n\n{"id":2,"plan":"b"}\n')],
    ["NDJSON as gzip", "a.jsonl.gz", gzipSync('{"id":"1","plan":"é £","more":{"x":[1]}}\n{"id":2,"plan":"b"}')],
  ])("%s", async (_title, fileName, bytes) => {
    const mapping = mapped({ attributes: { plan: { key: "plan", type: "string" } } });
    expect(await importBytes(bytes, mapping, fileName)).toMatchObject({ rows: 2, accepted: 2, rejected: 0 });
    expect(await valuesOf("1")).toEqual({ plan: "é £" });
    expect(await valuesOf("2")).toEqual({ plan: "b" });
  });

  test("Latin-1 that shows only beyond the first megabyte", async () => {
    const lines = Array.from({ length: 120_000 }, (_, n) => `c${n},plain text`);
    const bytes = Buffer.from(["id,plan", ...lines, "last,caf\u00e9"].join("\n"), "latin1");
    const mapping = mapped({ attributes: { plan: { key: "plan", type: "string" } } });
    expect(await importBytes(bytes, mapping, "a.csv")).toMatchObject({ accepted: 120_001, rejected: 0 });
    expect(await valuesOf("last")).toEqual({ plan: "café" });
  });

  test("Parquet, with its own types", async () => {
    const connection = await engine.connect();
    await connection.run(
      `COPY (SELECT '1' AS id, 'a' AS plan, 1.5::FLOAT AS spend, true AS active, TIMESTAMPTZ '2026-01-02 00:00:00+00' AS seen_at, ['x', 'y'] AS tags
       UNION ALL SELECT '2', NULL, NULL, NULL, NULL, []) TO '${join(folder, "a.parquet")}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const bytes = readFileSync(join(folder, "a.parquet"));
    expect(await importBytes(bytes, allAttributes(), "a.parquet")).toMatchObject({
      format: "parquet",
      rows: 2,
      accepted: 2,
    });
    expect(await valuesOf("1")).toEqual({
      plan: "a",
      spend: 1.5,
      active: true,
      seen_at: at("2026-01-02"),
      tags: ["x", "y"],
    });
    expect(await valuesOf("2")).toEqual({ tags: [] });
  });

  test("NDJSON lists are sets, other members keep their text", async () => {
    const text =
      '{"id":"1","tags":["a|b","c"],"spend":0.10,"active":true}\n{"id":"2","tags":[],"plan":null}\n{"id":"3","tags":"x|y"}';
    await importBytes(Buffer.from(text), allAttributes(["tags", "spend", "active", "plan"]), "a.ndjson");
    expect(await valuesOf("1")).toEqual({ tags: ["a|b", "c"], spend: 0.1, active: true });
    expect(await valuesOf("2")).toEqual({ tags: [] });
    expect(await valuesOf("3")).toEqual({ tags: ["x", "y"] });
  });

  test("200 columns, of which some are mapped", async () => {
    const header = ["id", ...Array.from({ length: 198 }, (_, n) => `extra ${n}`), "plan"];
    const row = ["1", ...Array.from({ length: 198 }, (_, n) => String(n)), "gold"];
    await importBytes(
      Buffer.from(`${header}\n${row}`),
      mapped({ attributes: { plan: { key: "plan", type: "string" } } }),
      "a.csv",
    );
    expect(await valuesOf("1")).toEqual({ plan: "gold" });
  });

  test("formats: decimal commas, patterns of time, separators", async () => {
    const mapping = mapped({
      attributes: {
        spend: { key: "spend", type: "number", format: "decimal_comma" },
        seen: { key: "seen_at", type: "timestamp", format: "%d.%m.%Y %H:%M" },
        tags: { key: "tags", type: "string_set", format: ";" },
      },
    });
    await importBytes(Buffer.from("id\tspend\tseen\ttags\n1\t1.234,50\t2.1.2026 03:04\ta; b\n"), mapping, "a.tsv");
    expect(await valuesOf("1")).toEqual({ spend: 1234.5, seen_at: at("2026-01-02T03:04Z"), tags: ["a", "b"] });
  });

  test("regions by column, renamed or constant; consents by columns, list and constant", async () => {
    const text = "id,land,mail,purposes\n1,UK,yes,\n2,Germany,no,research\n3,,,\n";
    const mapping = mapped({
      region: { column: "land", values: { Germany: "eu" } },
      consents: { columns: { mail: "marketing" }, list: { column: "purposes" } },
      objections: { constant: ["research"] },
    });
    await importBytes(Buffer.from(text), mapping, "a.csv");
    expect(await engine.get("1")).toEqual({
      id: "1",
      region: "uk",
      consents: ["marketing"],
      objections: ["research"],
      attributes: {},
    });
    expect(await engine.get("2")).toMatchObject({ region: "eu", consents: ["research"] });
    expect(await engine.get("3")).toEqual({ id: "3", consents: [], objections: ["research"], attributes: {} });
  });

  test("one column for several things, the id among them; seconds and milliseconds since 1970", async () => {
    const mapping = mapped({
      id: "eu",
      region: "area",
      attributes: {
        area: { key: "plan", type: "string" },
        eu: { key: "seen_at", type: "timestamp", format: "unix_seconds" },
      },
    });
    await importBytes(Buffer.from("eu,area\n1,uk\n2,eu\n"), mapping, "a.csv");
    expect(await engine.get("2")).toMatchObject({ region: "eu", attributes: { plan: "eu", seen_at: 2_000 } });
  });

  test("a known or repeated id updates, the last row winning, and what is not mapped stays", async () => {
    const plan = mapped({
      attributes: { plan: { key: "plan", type: "string" } },
      consents: { constant: ["marketing"] },
    });
    await importBytes(Buffer.from("id,plan\n1,a\n2,b\n"), plan, "a.csv");
    const spend = mapped({ attributes: { spend: { key: "spend", type: "number" } }, region: { constant: "eu" } });
    const result = await importBytes(Buffer.from("id,spend\n1,1\n3,3\n1,2\n1,x\n"), spend, "b.csv");
    expect(result).toMatchObject({ rows: 4, accepted: 3, updated: 2, rejected: 1 });
    expect(await engine.get("1")).toEqual({
      id: "1",
      region: "eu",
      consents: ["marketing"],
      objections: [],
      attributes: { plan: "a", spend: 2 },
    });
    expect((await engine.get("2"))?.attributes).toEqual({ plan: "b" });
    expect((await engine.get("3"))?.attributes).toEqual({ spend: 3 });
    expect(await engine.population()).toBe(3);
  });
});

describe("rejects", () => {
  test("name line, column, value and reason, and never cost the good rows", async () => {
    const text = [
      "id,land,plan,spend,active,seen_at",
      '1,eu,"two\nlines",1,true,2026-01-01',
      "2,mars,a,1,true,2026-01-01",
      "3,eu,a,abc,true,2026-01-01",
      "",
      "4,eu,a,NaN,true,2026-01-01",
      "5,eu,a,1,perhaps,2026-01-01",
      "6,eu,a,1,true,2026-02-30",
      ",eu,a,1,true,2026-01-01",
      "7,eu,a",
      "8,eu,a,1,true,2026-01-01,extra",
      `${"9".repeat(201)},eu,a,1,true,2026-01-01`,
      "10,eu,a,1e999,true,infinity",
      "11,eu,a,1,true,290000-01-01",
      "11,eu,a,1,true,2026-01-01",
    ].join("\n");
    const mapping = { ...allAttributes(["plan", "spend", "active", "seen_at"]), region: "land" };
    const result = await importBytes(Buffer.from(text), mapping, "a.csv");
    expect(result).toMatchObject({ rows: 13, accepted: 2, rejected: 11 });
    expect(result.firstRejects.map(({ line, column, code }) => [line, column, code])).toEqual([
      [4, "land", "unknown-region"],
      [5, "spend", "not-a-number"],
      [7, "spend", "not-a-number"],
      [8, "active", "not-a-boolean"],
      [9, "seen_at", "not-a-timestamp"],
      [10, "id", "no-id"],
      [11, "", "unreadable-line"],
      [12, "", "unreadable-line"],
      [13, "id", "id-too-long"],
      [14, "spend", "not-a-number"],
      [15, "seen_at", "not-a-timestamp"],
    ]);
    expect(result.firstRejects[0]?.message).toBe('There is no region "mars"; known are eu, uk.');
    const written = readFileSync(join(folder, "rejects.csv"), "utf8").split("\n");
    expect(written[0]).toBe("line,customer,column,value,code,message");
    expect(written[2]).toBe('5,3,spend,abc,not-a-number,"""abc"" in column ""spend"" is not a number."');
    expect(await valuesOf("1")).toMatchObject({ plan: "two\nlines" });
    expect(await engine.population()).toBe(2);
  });

  test("a line that is no JSON, one with a damaged character, an unknown purpose", async () => {
    const json = await importBytes(Buffer.from('{"id":"1"}\n{"id":\n[1]\n{"id":"2"}'), mapped({}), "a.ndjson");
    expect(json).toMatchObject({ rows: 4, accepted: 2, rejected: 2 });
    expect(json.firstRejects.map(({ line, code }) => [line, code])).toEqual([
      [2, "not-json"],
      [3, "not-json"],
    ]);
    const damaged = Buffer.concat([Buffer.from("id,plan\n3,é\n4,"), Buffer.from([0xff]), Buffer.from("\n5,ü\n")]);
    const lines = Array.from({ length: 120_000 }, (_, n) => `c${n},plain text\n`).join("");
    const late = Buffer.concat([Buffer.from("id,plan\n0,é\n"), Buffer.from(lines), damaged.subarray(8)]);
    const bytes = await importBytes(late, allAttributes(["plan"]), "a.csv");
    expect(bytes.firstRejects.map(({ line, code }) => [line, code])).toEqual([[120_004, "not-utf8"]]);
    const list = mapped({ consents: { list: { column: "may" } } });
    const purposes = await importBytes(Buffer.from("id,may\n1,marketing|unheard\n2,research\n"), list, "a.csv");
    expect(purposes.firstRejects.map(({ code }) => code)).toEqual(["unknown-purpose"]);
  });

  test("when every row is rejected nothing changes, and the rejects say why", async () => {
    await importText("id,spend\n1,5\n", allAttributes(["spend"]));
    const changedAt = await engine.changedAt();
    const result = await importText("id,spend\n1,x\n2,y\n", allAttributes(["spend"]));
    expect(result).toMatchObject({ rows: 2, accepted: 0, rejected: 2, updated: 0 });
    expect(await engine.population()).toBe(1);
    expect(await valuesOf("1")).toEqual({ spend: 5 });
    expect(await engine.changedAt()).toBe(changedAt);
  });
});

describe("files and mappings that cannot be imported change nothing and say why", () => {
  const plan = mapped({ attributes: { plan: { key: "plan", type: "string" } } });
  const good = "id,plan\n1,a\n2,b\n";
  const noise = Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 7919) % 256));
  test.each<[string, Buffer, string, ImportMapping, string, RegExp]>([
    ["an empty file", Buffer.alloc(0), "a.csv", plan, "empty-file", /"a.csv" is empty/],
    ["a file of blanks", Buffer.from(" \n\n "), "a.csv", plan, "empty-file", /is empty/],
    ["a header without rows", Buffer.from("id,plan\n"), "a.csv", plan, "no-rows", /no rows/],
    ["a binary file", noise, "a.csv", plan, "binary-file", /is binary.*CSV, TSV, NDJSON or Parquet/],
    [
      "a spreadsheet",
      Buffer.concat([Buffer.from("PK\u0003\u0004"), noise]),
      "a.xlsx",
      plan,
      "binary-file",
      /spreadsheet/,
    ],
    ["a truncated gzip", gzipSync(noise).subarray(0, 300), "a.csv.gz", plan, "damaged-gzip", /cut off/],
    ["a damaged gzip", damagedGzip(), "a.csv.gz", plan, "damaged-gzip", /damaged/],
    ["a damaged Parquet", Buffer.concat([Buffer.from("PAR1"), noise]), "a.parquet", plan, "damaged-parquet", /Parquet/],
    ["one JSON array", Buffer.from('[{"id":1}]'), "a.json", plan, "json-array", /one JSON object to a line/],
    [
      "another delimiter",
      Buffer.from("id^plan\n1^a\n"),
      "a.csv",
      plan,
      "missing-column",
      /Only one column was found: "id\^plan"/,
    ],
    [
      "no id column",
      Buffer.from(good.replace("id", "number")),
      "a.csv",
      plan,
      "missing-column",
      /no column "id".*number, plan/,
    ],
    [
      "an unknown attribute",
      Buffer.from(good),
      "a.csv",
      mapped({ attributes: { plan: { key: "other", type: "string" } } }),
      "unknown-attribute",
      /"other"/,
    ],
    [
      "an attribute that is computed",
      Buffer.from(good),
      "a.csv",
      mapped({ attributes: { plan: { key: "orders", type: "number" } } }),
      "computed-attribute",
      /"orders" is computed/,
    ],
    [
      "another type",
      Buffer.from(good),
      "a.csv",
      mapped({ attributes: { plan: { key: "spend", type: "string" } } }),
      "attribute-type-changed",
      /"spend" is a number.*a string/,
    ],
    [
      "an unknown region",
      Buffer.from(good),
      "a.csv",
      mapped({ region: { constant: "mars" } }),
      "unknown-region",
      /"mars"/,
    ],
    [
      "an unknown purpose",
      Buffer.from(good),
      "a.csv",
      mapped({ consents: { constant: ["x"] } }),
      "unknown-purpose",
      /"x"/,
    ],
    [
      "a pattern that is none",
      Buffer.from(good),
      "a.csv",
      mapped({ attributes: { plan: { key: "seen_at", type: "timestamp", format: "%Q" } } }),
      "unreadable-file",
      /%Q/,
    ],
  ])("%s", async (_title, bytes, fileName, mapping, reason, message) => {
    await expect(importBytes(bytes, mapping, fileName)).rejects.toMatchObject({ code: "invalid", reason, message });
    expect(await engine.population()).toBe(0);
    expect((await engine.storedAttributes()).size).toBe(0);
    expect((await readdir(folder)).filter((name) => name.startsWith("import-"))).toEqual([]);
  });

  test("an attribute that is stored with another type is refused, naming both", async () => {
    await importText(good, plan);
    const retyped = catalogueOf({ attributes: [attributeSchema.parse({ key: "plan", name: "Plan", type: "number" })] });
    const mapping = mapped({ attributes: { plan: { key: "plan", type: "number" } } });
    const again = importBytes(Buffer.from("id,plan\n1,5\n"), mapping, "b.csv", retyped);
    await expect(again).rejects.toMatchObject({ message: /stored as string.*as number/ });
    expect(await valuesOf("1")).toEqual({ plan: "a" });
  });

  test("a cancelled import changes nothing and leaves no files", async () => {
    const lines = Array.from({ length: 300_000 }, (_, n) => `c${n},plan ${n}`);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("cancelled by its starter")), 60);
    const running = importBytes(
      Buffer.from(`id,plan\n${lines.join("\n")}`),
      plan,
      "a.csv",
      catalogue,
      controller.signal,
    );
    await expect(running).rejects.toThrow("cancelled by its starter");
    expect(await engine.population()).toBe(0);
    expect((await readdir(folder)).filter((name) => name.startsWith("import-"))).toEqual([]);
  });
});

function damagedGzip(): Buffer {
  const bytes = gzipSync("id,plan\n1,a\n".repeat(500));
  bytes.fill(0x55, 20, 40);
  return bytes;
}

function mapped(parts: Record<string, unknown>): ImportMapping {
  return importMappingSchema.parse({ id: "id", ...parts });
}

function allAttributes(keys = Object.keys(types)): ImportMapping {
  return mapped({ attributes: Object.fromEntries(keys.map((key) => [key, { key, type: types[key] }])) });
}

function importText(text: string, mapping = allAttributes()): Promise<ImportResult> {
  return importBytes(Buffer.from(text), mapping, "customers.csv");
}

async function importBytes(
  bytes: Buffer,
  mapping: ImportMapping,
  fileName: string,
  known = catalogue,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const file = join(folder, "upload");
  await writeFile(file, bytes);
  const rejectsFile = join(folder, "rejects.csv");
  return runImport({ engine, catalogue: known, file, fileName, mapping, rejectsFile, ...(signal ? { signal } : {}) });
}

async function valuesOf(id: string) {
  return (await engine.get(id))?.attributes;
}

function at(text: string): number {
  return Date.parse(text);
}
