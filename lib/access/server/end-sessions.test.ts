import { encode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "../../audit/server/verify-audit";
import type { Person } from "../../server/prisma/client";
import { parseSettings } from "../../server/settings";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { endSessionsOfSubject } from "./end-sessions";
import { findSession } from "./find-session";
import { parseCookies, sessionSeconds, sessionToken } from "./session-cookie";

const secret = "a secret for tests, longer than 32 characters";
const now = new Date("2026-03-04T05:06:07Z");
const { oidc } = parseSettings({ OIDC_ISSUER: "https://id.test", OIDC_CLIENT_ID: "steward", OIDC_CLIENT_SECRET: "s" });
let database: TestDatabase;
let people = 0;

beforeAll(async () => {
  process.env.SESSION_SECRET = secret;
  database = await createTestDatabase();
});
afterEach(async () => expect(await verifyAudit(database.db)).toMatchObject({ ok: true }));
afterAll(() => database.drop());

function person(more: { subject?: string; disabledAt?: Date } = {}): Promise<Person> {
  people++;
  const data = { email: `p${people}@x.test`, name: `Person ${people}`, roles: ["author" as const], ...more };
  return database.db.person.create({ data });
}

const secondsLater = (seconds: number) => new Date(now.getTime() + seconds * 1000);

async function sessionOf({ id }: Person, begunAt: Date, at = begunAt) {
  const token = await encode({ token: sessionToken({ personId: id, begunAt, by: "single sign-on" }), secret });
  return findSession(database.db, parseCookies(`next-auth.session-token=${token}`), at);
}

function endSessions(sub: string, jti: string, at = now) {
  if (!oidc) throw new Error("These settings have no single sign-on.");
  return endSessionsOfSubject(database.db, { oidc, token: { sub, jti, issuedAt: now }, now: at });
}

describe("a logout at the provider", () => {
  test("ends the sessions of its subject that began before, and no others", async () => {
    const [ada, bob] = [await person({ subject: "https://id.test|a" }), await person({ subject: "https://id.test|b" })];
    await endSessions("a", "one");
    expect(await sessionOf(ada, secondsLater(-1), now)).toEqual({ ended: "session-ended" });
    expect(await sessionOf(ada, secondsLater(1))).toMatchObject({ person: { id: ada.id } });
    expect(await sessionOf(bob, secondsLater(-1), now)).toMatchObject({ person: { id: bob.id } });
    const entries = await database.db.auditEntry.findMany({ where: { action: "person.sessions-ended" } });
    expect(entries).toMatchObject([{ subjectId: ada.id, actorId: null }]);
  });

  test("counts once: sent again, it ends nothing that began meanwhile", async () => {
    const ada = await person({ subject: "https://id.test|again" });
    await endSessions("again", "two");
    await expect(endSessions("again", "two", secondsLater(60))).rejects.toMatchObject({ reason: "logout-token" });
    expect(await sessionOf(ada, secondsLater(30))).toMatchObject({ person: { id: ada.id } });
  });

  test("of somebody who is not known here is no error, and is forgotten once it would be too old", async () => {
    await endSessions("stranger", "three", secondsLater(3_600));
    const [row] = await database.db.setting.findMany({ where: { key: "logout-tokens-seen" } });
    expect(row?.value).toEqual({});
  });
});

test("a session lasts as long as one may from its sign-in on, however often its cookie is renewed", async () => {
  const ada = await person();
  expect(await sessionOf(ada, now, secondsLater(sessionSeconds - 1))).toMatchObject({ person: { id: ada.id } });
  expect(await sessionOf(ada, now, secondsLater(sessionSeconds))).toEqual({ ended: "session-expired" });
});

test("a disabled person's session says so", async () => {
  expect(await sessionOf(await person({ disabledAt: now }), now)).toEqual({ ended: "person-disabled" });
});
