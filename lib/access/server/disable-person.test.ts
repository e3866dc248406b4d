import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "../../audit/server/verify-audit";
import type { Context } from "../../server/context";
import type { Person } from "../../server/prisma/client";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import type { Role } from "../permissions";
import { actorOf } from "./actor-of";
import { disablePerson } from "./disable-person";
import { createToken } from "./tokens";

const now = new Date("2026-03-04T05:06:07Z");
let database: TestDatabase;
let people = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true });
  await database.db.person.updateMany({ data: { disabledAt: now } });
});
afterAll(() => database.drop());

function person(...roles: Role[]): Promise<Person> {
  people++;
  return database.db.person.create({ data: { email: `p${people}@x.test`, name: `Person ${people}`, roles } });
}

function as(who: Person): Context {
  return { actor: actorOf(who, { via: "session" }), db: database.db, now };
}

test("disabling revokes the tokens, is recorded, and does nothing a second time", async () => {
  const [admin, ada] = [await person("admin"), await person("author")];
  await createToken(as(ada), { name: "one" });
  await createToken(as(ada), { name: "two" });
  expect(await disablePerson(as(admin), ada.id)).toMatchObject({ person: { id: ada.id }, revokedTokens: 2 });
  expect(await disablePerson({ ...as(admin), now: new Date() }, ada.id)).toMatchObject({
    disabledAt: now.toISOString(),
    revokedTokens: 0,
  });
  expect(await database.db.personalToken.count({ where: { personId: ada.id, revokedAt: null } })).toBe(0);
  const entries = await database.db.auditEntry.findMany({ where: { action: "person.disabled", subjectId: ada.id } });
  expect(entries).toMatchObject([{ actorId: admin.id, after: { revokedTokens: 2 } }]);
});

test("an admin may disable themselves while another stays, and the last one not", async () => {
  const [first, last] = [await person("admin"), await person("admin", "author")];
  await disablePerson(as(first), first.id);
  await expect(disablePerson(as(last), last.id)).rejects.toMatchObject({ code: "conflict", reason: "last-admin" });
});

test("admins who disable each other at once leave one", async () => {
  const [ada, bob] = [await person("admin"), await person("admin")];
  const outcomes = await Promise.allSettled([disablePerson(as(ada), bob.id), disablePerson(as(bob), ada.id)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await database.db.person.count({ where: { disabledAt: null, roles: { has: "admin" } } })).toBe(1);
});

test("only who administers people disables somebody, and only while they still do", async () => {
  const [admin, former, ada] = [await person("admin"), await person("admin"), await person("author")];
  await expect(disablePerson(as(ada), former.id)).rejects.toMatchObject({ code: "forbidden" });
  await database.db.person.update({ where: { id: former.id }, data: { roles: ["viewer"] } });
  await expect(disablePerson(as(former), ada.id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(disablePerson(as(admin), "nobody")).rejects.toMatchObject({ code: "not-found" });
});
