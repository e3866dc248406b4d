import { encode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "../../audit/server/verify-audit";
import type { Context } from "../../server/context";
import { closeDatabase, openDatabase } from "../../server/database";
import type { Role } from "../../server/prisma/client";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import type { Actor } from "../actor";
import { authenticate } from "./authenticate";
import { hashPassword } from "./password";
import { signInByPassword } from "./sign-in";
import { createSignInLimits } from "./sign-in-limits";
import { createToken, revokeToken } from "./tokens";

const secret = "a secret for tests, longer than 32 characters";
const now = new Date("2026-03-04T05:06:07Z");
let database: TestDatabase;
let people = 0;

beforeAll(async () => {
  process.env.SESSION_SECRET = secret;
  database = await createTestDatabase();
  openDatabase(database.url);
});
afterEach(async () => expect(await verifyAudit(database.db)).toMatchObject({ ok: true }));
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

async function person(more: { roles?: Role[]; disabledAt?: Date; subject?: string } = {}) {
  people++;
  return database.db.person.create({
    data: {
      email: `p${people}@x.test`,
      name: `Person ${people}`,
      roles: ["author"],
      passwordHash: await hashPassword("correct horse"),
      ...more,
    },
  });
}

function context(of: { id: string; email: string; name: string }, via: Actor["via"] = "session"): Context {
  const actor: Actor = { id: of.id, email: of.email, name: of.name, team: null, roles: ["author"], via };
  return { actor, db: database.db, now };
}

async function withCookie(personId: string, headers: Record<string, string> = {}, method = "GET") {
  const cookie = `next-auth.session-token=${await encode({ token: { sub: personId }, secret })}`;
  return new Request("http://a.test/api/v1/x", { method, headers: { cookie, host: "a.test", ...headers } });
}

function withBearer(token: string, method = "GET") {
  return new Request("http://a.test/api/v1/x", { method, headers: { authorization: `Bearer ${token}` } });
}

test("a session acts with the roles the person has now", async () => {
  const ada = await person();
  const request = await withCookie(ada.id);
  expect((await authenticate(request)).roles).toEqual(["author"]);
  await database.db.person.update({ where: { id: ada.id }, data: { roles: ["viewer"] } });
  expect(await authenticate(request)).toMatchObject({ id: ada.id, roles: ["viewer"], via: "session" });
});

test("a disabled person's session and token end at once", async () => {
  const ada = await person();
  const { secret: token } = await createToken(context(ada), { name: "t" });
  await database.db.person.update({ where: { id: ada.id }, data: { disabledAt: now } });
  await expect(authenticate(await withCookie(ada.id))).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(authenticate(withBearer(token))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a cookie that another secret made is nobody's", async () => {
  const ada = await person();
  const forged = await encode({ token: { sub: ada.id }, secret: "another secret, also longer than 32 letters" });
  const request = new Request("http://a.test/", { headers: { cookie: `next-auth.session-token=${forged}` } });
  await expect(authenticate(request)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a cookie from another site may not change anything, a token may", async () => {
  const ada = await person();
  const { secret: token } = await createToken(context(ada), { name: "t" });
  const foreign = await withCookie(ada.id, { "sec-fetch-site": "cross-site" }, "POST");
  await expect(authenticate(foreign)).rejects.toMatchObject({ code: "forbidden", reason: "cross-site" });
  const own = await withCookie(ada.id, { "sec-fetch-site": "same-origin" }, "POST");
  expect(await authenticate(own)).toMatchObject({ id: ada.id });
  expect(await authenticate(withBearer(token, "POST"))).toMatchObject({ id: ada.id, via: "token" });
});

test("a bad Authorization header is not made good by a cookie", async () => {
  const ada = await person();
  const request = await withCookie(ada.id, { authorization: "Bearer stp_nonsense" });
  await expect(authenticate(request)).rejects.toMatchObject({ reason: "unknown-token" });
});

test("a revoked token is unknown, and no token makes another", async () => {
  const ada = await person();
  const { token, secret: text } = await createToken(context(ada), { name: "t" });
  expect(text).toMatch(/^stp_[A-Za-z0-9_-]{43}$/);
  expect(await database.db.personalToken.count({ where: { hash: text } })).toBe(0);
  const actor = await authenticate(withBearer(text));
  await expect(createToken({ ...context(ada), actor }, { name: "more" })).rejects.toMatchObject({ code: "forbidden" });
  const bob = await person();
  await expect(createToken(context(bob), { name: "x", personId: ada.id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(revokeToken(context(bob), token.id)).rejects.toMatchObject({ code: "not-found" });
  await revokeToken(context(ada), token.id);
  await expect(authenticate(withBearer(text))).rejects.toMatchObject({ reason: "unknown-token" });
});

test("the right password signs in, whatever the case of the e-mail; both outcomes are recorded", async () => {
  const ada = await person();
  const limits = createSignInLimits();
  const attempt = (email: string, password: string) =>
    signInByPassword(database.db, { credentials: { email, password }, address: "1.1.1.1", now }, limits);
  expect(await attempt(ada.email.toUpperCase(), "correct horse")).toMatchObject({ person: { id: ada.id } });
  expect(await attempt(ada.email, "wrong")).toEqual({ refused: "wrong" });
  expect(await attempt("nobody@x.test", "wrong")).toEqual({ refused: "wrong" });
  expect(await attempt("%", "wrong")).toEqual({ refused: "wrong" });
  const entries = await database.db.auditEntry.findMany({ where: { subjectId: ada.id }, orderBy: { sequence: "asc" } });
  expect(entries.map(({ action }) => action)).toEqual(["person.signed-in", "person.sign-in-refused"]);
  expect(JSON.stringify(entries, (_, v) => (typeof v === "bigint" ? Number(v) : v))).not.toContain("correct horse");
});

test("an unknown e-mail takes as long as a wrong password", async () => {
  const ada = await person();
  const limits = createSignInLimits();
  const time = async (email: string) => {
    const start = performance.now();
    await signInByPassword(database.db, { credentials: { email, password: "x" }, address: "2.2.2.2", now }, limits);
    return performance.now() - start;
  };
  await time("warm@x.test");
  const unknown = Math.min(await time("n1@x.test"), await time("n2@x.test"), await time("n3@x.test"));
  const known = Math.min(await time(ada.email), await time(ada.email), await time(ada.email));
  expect(unknown).toBeGreaterThan(known / 3);
});

test("whoever comes through the identity provider does not come in by a password, nor does who is disabled", async () => {
  const issuer = "https://id.test";
  const attempt = (email: string, given = issuer) =>
    signInByPassword(
      database.db,
      { credentials: { email, password: "correct horse" }, address: "5.5.5.5", now, issuer: given },
      createSignInLimits(),
    );
  const linked = await person({ subject: `${issuer}|s1` });
  expect(await attempt(linked.email)).toEqual({ refused: "single-sign-on" });
  expect(await attempt(linked.email, "https://former.test")).toMatchObject({ person: { id: linked.id } });
  const disabled = await person({ disabledAt: now });
  expect(await attempt(disabled.email)).toEqual({ refused: "disabled" });
});

test("too many tries are turned away, even with the right password", async () => {
  const ada = await person();
  const limits = createSignInLimits({ pair: 3, email: 100, address: 100 });
  const attempt = (password: string, address: string) =>
    signInByPassword(database.db, { credentials: { email: ada.email, password }, address, now }, limits);
  for (let n = 0; n < 3; n++) expect(await attempt("wrong", "3.3.3.3")).toEqual({ refused: "wrong" });
  expect(await attempt("correct horse", "3.3.3.3")).toEqual({ refused: "too-many-attempts" });
  expect(await attempt("correct horse", "4.4.4.4")).toMatchObject({ person: { id: ada.id } });
});
