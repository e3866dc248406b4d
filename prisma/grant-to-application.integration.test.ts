import { afterAll, beforeAll, expect, test } from "vitest";
import { roleIn } from "../lib/server/application-role";
import { createTestDatabase, type TestDatabase, testRole } from "../lib/testing/database";
import { applicationRights } from "./application-rights";
import { grantToApplication } from "./grant-to-application";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function privileges() {
  return database.unprotected(
    (tx) => tx.$queryRaw<{ what: string }[]>`
      SELECT "table_name" || '.' || "column_name" || ' ' || "privilege_type" AS what
      FROM information_schema.column_privileges WHERE "grantee" = ${testRole.name} ORDER BY 1`,
  );
}

test("every table is named with what may change in it, and every column that is named exists", async () => {
  const columns = await database.unprotected(
    (tx) => tx.$queryRaw<{ table: string; column: string }[]>`
      SELECT "table_name" AS table, "column_name" AS column FROM information_schema.columns
      WHERE "table_schema" = 'public' AND "table_name" <> '_prisma_migrations'`,
  );
  expect(Object.keys(applicationRights).sort()).toEqual([...new Set(columns.map(({ table }) => table))].sort());
  const named = Object.entries(applicationRights).flatMap(([table, { update = [] }]) =>
    update === "every" ? [] : update.map((column) => `${table}.${column}`),
  );
  const existing = new Set(columns.map(({ table, column }) => `${table}.${column}`));
  expect(named.filter((each) => !existing.has(each))).toEqual([]);
});

test("granting again changes nothing, and takes away what was granted beyond it", async () => {
  const before = await privileges();
  await database.unprotected((tx) => tx.$executeRawUnsafe(`GRANT ALL ON "AuditEntry" TO ${testRole.name}`));
  expect(await privileges()).not.toEqual(before);
  expect(await grantToApplication(database.ownerUrl, { name: testRole.name })).toBe(true);
  expect(await privileges()).toEqual(before);
});

test("the owner is left as it is, and the caller is told that nothing is held against it", async () => {
  expect(await grantToApplication(database.ownerUrl, { name: roleIn(database.ownerUrl).name })).toBe(false);
});

test("a role that does not exist, or that may act as the owner, is refused by name", async () => {
  await expect(grantToApplication(database.ownerUrl, { name: "nobody_here" })).rejects.toThrow(/no role "nobody_here"/);
  const name = `powerful_${crypto.randomUUID().slice(0, 8)}`;
  await database.unprotected((tx) => tx.$executeRawUnsafe(`CREATE ROLE ${name} SUPERUSER`));
  await expect(grantToApplication(database.ownerUrl, { name })).rejects.toThrow(/may act as the owner/);
  await database.unprotected((tx) => tx.$executeRawUnsafe(`DROP ROLE ${name}`));
});
