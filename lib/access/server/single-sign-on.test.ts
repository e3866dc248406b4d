import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "../../audit/server/verify-audit";
import type { Prisma } from "../../server/prisma/client";
import { parseSettings } from "../../server/settings";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { signInBySubject } from "./single-sign-on";

const now = new Date("2026-03-04T05:06:07Z");
const client = { OIDC_ISSUER: "https://id.test", OIDC_CLIENT_ID: "steward", OIDC_CLIENT_SECRET: "s" };
let database: TestDatabase;
let people = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => expect(await verifyAudit(database.db)).toMatchObject({ ok: true }));
afterAll(() => database.drop());

function enter(claims: object, more: Record<string, string> = {}) {
  const { oidc } = parseSettings({ ...client, ...more });
  if (!oidc) throw new Error("These settings have no single sign-on.");
  return signInBySubject(database.db, { oidc, claims, now });
}

const mapped = { OIDC_GROUP_ROLES: "admins=admin,author; reviewers=reviewer", OIDC_TEAM_CLAIM: "team" };

/** What a provider says of somebody new. */
function newcomer(more: object = {}) {
  people++;
  return { sub: `s${people}`, email: `p${people}@x.test`, email_verified: true, name: `Person ${people}`, ...more };
}

function person(more: Partial<Prisma.PersonCreateInput> = {}) {
  people++;
  const data = { email: `p${people}@x.test`, name: `Person ${people}`, roles: ["author" as const], ...more };
  return database.db.person.create({ data });
}

function actionsAbout(subjectId: string) {
  return database.db.auditEntry.findMany({ where: { subjectId }, orderBy: { sequence: "asc" } });
}

test("a person is linked by verified e-mail once, and then known by the subject only", async () => {
  const ada = await person();
  const verified = { sub: "link", email: ada.email.toUpperCase(), email_verified: true };
  expect(await enter({ ...verified, email_verified: false })).toEqual({ refused: "email-unverified" });
  expect(await enter(verified)).toMatchObject({ person: { id: ada.id } });
  expect(await enter({ ...verified, email: "moved@x.test" })).toMatchObject({
    person: { id: ada.id, email: "moved@x.test" },
  });
  expect(await enter({ ...verified, sub: "other", email: "moved@x.test" })).toEqual({ refused: "email-of-another" });
  expect((await actionsAbout(ada.id)).map(({ action }) => action)).toEqual([
    "person.linked",
    "person.signed-in",
    "person.email-changed",
    "person.signed-in",
  ]);
});

test("an e-mail that somebody else has here stays with them", async () => {
  const [ada, bob] = [await person(), await person()];
  await enter({ sub: "keeps", email: ada.email, email_verified: true });
  expect(await enter({ sub: "keeps", email: bob.email, email_verified: true })).toMatchObject({
    person: { id: ada.id, email: ada.email },
  });
});

test("whoever is not known is refused without groups that give roles, and made with them", async () => {
  const claims = newcomer({ groups: ["reviewers"], team: "Growth" });
  expect(await enter(claims)).toEqual({ refused: "unknown" });
  expect(await enter(claims, mapped)).toMatchObject({
    person: { email: claims.email, name: claims.name, roles: ["reviewer"], rolesFromGroups: true, teamKey: "growth" },
  });
  expect(await enter(newcomer({ groups: ["others"] }), mapped)).toEqual({ refused: "no-role" });
});

test("each sign-in gives exactly the roles of the groups of then, and says so in the audit", async () => {
  const claims = newcomer({ groups: ["admins"] });
  const made = await enter(claims, mapped);
  const id = "person" in made ? made.person.id : "";
  expect(await enter({ ...claims, groups: ["reviewers"] }, mapped)).toMatchObject({ person: { roles: ["reviewer"] } });
  expect(await enter({ ...claims, groups: undefined }, mapped)).toEqual({ refused: "no-role" });
  const entries = (await actionsAbout(id)).filter(({ action }) => action === "person.roles-from-groups");
  expect(entries).toMatchObject([
    { actorId: null, before: { roles: ["author", "admin"] }, after: { roles: ["reviewer"] } },
    { actorId: null, before: { roles: ["reviewer"] }, after: { roles: [] } },
  ]);
});

test("first sign-ins of one subject at once make one person", async () => {
  const claims = newcomer({ groups: ["reviewers"] });
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => enter(claims, mapped)));
  const ids = outcomes.map((outcome) => ("person" in outcome ? outcome.person.id : outcome.refused));
  expect(new Set(ids).size).toBe(1);
  expect(await database.db.person.count({ where: { email: claims.email } })).toBe(1);
});

test("of two subjects that come with one new e-mail at once, one gets it and the other is refused", async () => {
  const claims = newcomer({ groups: ["reviewers"] });
  const outcomes = await Promise.all([enter(claims, mapped), enter({ ...claims, sub: "rival" }, mapped)]);
  expect(outcomes).toContainEqual({ refused: "email-of-another" });
  expect(outcomes.filter((outcome) => "person" in outcome)).toHaveLength(1);
});

test("a refusal is recorded with its reason, also where nobody is known", async () => {
  await enter({});
  const [last] = await database.db.auditEntry.findMany({ orderBy: { sequence: "desc" }, take: 1 });
  expect(last).toMatchObject({
    action: "person.sign-in-refused",
    actorId: null,
    after: { by: "single sign-on", reason: "unusable-answer" },
  });
});
