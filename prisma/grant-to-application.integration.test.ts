import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { asRole, roleIn } from "../lib/server/application-role";
import { createDatabase } from "../lib/server/database";
import { administer, createTestDatabase, databaseUrl, type TestDatabase, testRole } from "../lib/testing/database";
import { applicationRights } from "./application-rights";
import { grantToApplication } from "./grant-to-application";
import { deployMigrations } from "./migrate";

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

test("an owner who is no superuser migrates and grants, and the application's role works with that", async () => {
  const serverUrl = inject("databaseServerUrl");
  const suffix = crypto.randomUUID().replaceAll("-", "");
  const owner = { name: `owner_${suffix}`, password: "owner" };
  const application = { name: `application_${suffix}`, password: "application" };
  for (const { name, password } of [owner, application]) {
    await administer(serverUrl, `CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  }
  await administer(serverUrl, `CREATE DATABASE db_${suffix} OWNER ${owner.name}`);
  const ownerUrl = asRole(databaseUrl(serverUrl, `db_${suffix}`), owner);
  await deployMigrations(ownerUrl);
  expect(await grantToApplication(ownerUrl, { name: application.name })).toBe(true);
  const db = createDatabase(asRole(ownerUrl, application), 1);
  await db.team.create({ data: { key: "growth", name: "Growth" } });
  expect(await db.approvalPolicy.count()).toBeGreaterThan(0);
  await expect(db.auditEntry.deleteMany()).rejects.toThrow(/permission denied/);
  await db.$disconnect();
  await administer(serverUrl, `DROP DATABASE db_${suffix}`);
  for (const { name } of [owner, application]) await administer(serverUrl, `DROP ROLE ${name}`);
});
