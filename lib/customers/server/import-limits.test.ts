import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openImportSource } from "./import-source";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-limits-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a gzip file that unpacks to far more than files of customers do is refused, and what was unpacked is removed", async () => {
  const file = join(folder, "bomb");
  const megabyte = Buffer.alloc(1 << 20, "0");
  await pipeline(Readable.from(Array.from({ length: 400 }, () => megabyte)), createGzip(), createWriteStream(file));
  await expect(openImportSource(file, "bomb.csv.gz")).rejects.toMatchObject({ reason: "unpacks-too-large" });
  expect(await readdir(folder)).toEqual(["bomb"]);
});

test.each([
  ["a header of half a million columns of one name", () => `${"a,".repeat(500_000)}\n1`],
  [
    "lines of JSON that each name other members",
    () =>
      Array.from({ length: 900 }, (_, line) =>
        JSON.stringify(Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`m${line}_${at}`, 1]))),
      ).join("\n"),
  ],
])("%s is refused quickly", async (_, text) => {
  const file = join(folder, "wide");
  await writeFile(file, text());
  const started = performance.now();
  await expect(openImportSource(file, "wide.csv")).rejects.toMatchObject({ reason: "too-many-columns" });
  expect(performance.now() - started).toBeLessThan(2_000);
  await rm(file);
});
