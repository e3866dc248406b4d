import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { administer, databaseUrl } from "../lib/testing/database";
import { deployMigrations, MigrationError, migrationsFolder, pendingMigrations, readMigrations } from "./migrate";

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${crypto.randomUUID().replaceAll("-", "")}`;
  await administer(inject("databaseServerUrl"), `CREATE DATABASE ${name}`);
  return databaseUrl(inject("databaseServerUrl"), name);
}

function migration(name: string, script: string) {
  return { name, script, checksum: `checksum of ${script}` };
}

test("every change of the schema has its migration", async () => {
  const schema = await readFile(join(import.meta.dirname, "schema.prisma"), "utf8");
  expect(await readFile(join(migrationsFolder, "schema.prisma"), "utf8")).toBe(schema);
});

describe("deploying migrations", () => {
  let url: string;
  beforeAll(async () => {
    url = await emptyDatabase();
  });

  test("two processes that start at once apply each migration once", async () => {
    const names = (await readMigrations()).map(({ name }) => name);
    const applied = await Promise.all([deployMigrations(url), deployMigrations(url), deployMigrations(url)]);
    expect(applied.flat()).toEqual(names);
    expect(await pendingMigrations(url)).toEqual([]);
  });

  test("a failing migration leaves nothing behind and can be tried again", async () => {
    const target = await emptyDatabase();
    const broken = migration("0001_a", "CREATE TABLE a (id int); SELECT broken");
    await expect(deployMigrations(target, [broken])).rejects.toThrow(MigrationError);
    expect(await deployMigrations(target, [migration("0001_a", "CREATE TABLE a (id int)")])).toEqual(["0001_a"]);
  });

  test("an applied migration that was edited since is refused", async () => {
    const target = await emptyDatabase();
    await deployMigrations(target, [migration("0001_a", "SELECT 1")]);
    await expect(deployMigrations(target, [migration("0001_a", "SELECT 2")])).rejects.toThrow(/0001_a was changed/);
  });

  test("a database of a newer build is refused", async () => {
    const target = await emptyDatabase();
    await deployMigrations(target, [migration("0001_a", "SELECT 1"), migration("0002_b", "SELECT 1")]);
    await expect(deployMigrations(target, [migration("0001_a", "SELECT 1")])).rejects.toThrow(/newer/);
  });
});
