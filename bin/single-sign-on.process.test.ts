import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ownSessionSchema } from "../lib/access/contract";
import { CookieClient, type Followed } from "../lib/testing/cookie-client";
import { type Account, TestIdentityProvider, testClient } from "../lib/testing/identity-provider";
import { type StewardProcess, startSteward } from "../lib/testing/steward-process";

const dataFolder = join(tmpdir(), `steward-sign-on-${crypto.randomUUID()}`);
let provider: TestIdentityProvider;
let steward: StewardProcess;
let address: string;
let subjects = 0;

beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  steward = startSteward(dataFolder, undefined, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: testClient.id,
    OIDC_CLIENT_SECRET: testClient.secret,
    OIDC_GROUP_ROLES: "admins=admin; authors=author; reviewers=reviewer",
    STEWARD_CONTACT: "access@x.test",
  });
  address = await steward.ready;
  await provider.register(address);
});
afterEach(() => {
  provider.forge = null;
});
afterAll(async () => {
  steward.process.kill("SIGTERM");
  await steward.exit;
  await provider.close();
  await rm(dataFolder, { recursive: true, force: true });
});

/** Somebody at the provider; the same subject again is the same somebody, changed. */
function account(more: Partial<Account> = {}, subject = `s${++subjects}`): string {
  const known = { email: `${subject}@x.test`, email_verified: true, name: `Person ${subject}`, groups: ["authors"] };
  provider.accounts.set(subject, { ...known, ...provider.accounts.get(subject), ...more });
  return subject;
}

/** As the button does: to where the provider asks who it is. */
async function beginSignIn(client: CookieClient, returnTo = "/"): Promise<string> {
  const { csrfToken } = await (await client.get(`${address}/api/auth/csrf`)).json();
  const fields = { csrfToken, callbackUrl: returnTo, json: "true" };
  const answer = await (await client.post(`${address}/api/auth/signin/oidc`, fields)).json();
  return answer.url;
}

/** The whole way there and back, or until `stop` takes an address. */
async function signIn(subject: string, client = new CookieClient(), returnTo = "/", stop?: (at: string) => boolean) {
  provider.signedIn = subject;
  client.forget(provider.issuer);
  return { client, ended: await client.follow(await beginSignIn(client, returnTo), stop) };
}

async function sessionOf(client: CookieClient) {
  const response = await client.get(`${address}/api/v1/session`);
  return response.ok ? ownSessionSchema.parse(await response.json()) : (await response.json()).code;
}

/** Gives the page that says so. */
async function expectRefused({ address: at, response }: Followed, words: string): Promise<string> {
  expect(new URL(at).pathname).toBe("/sign-in");
  const page = (await response?.text()) ?? "";
  expect(page).toContain(words);
  return page;
}

const isCallback = (at: string) => new URL(at).pathname === "/api/auth/callback/oidc";

describe("signing in", () => {
  test("makes a person of whoever a group gives a role, and leads back to the page that was asked for", async () => {
    const { client, ended } = await signIn(account({ groups: ["reviewers"] }), undefined, "/settings/people?x=1");
    expect(ended.address).toBe(`${address}/settings/people?x=1`);
    expect(await sessionOf(client)).toMatchObject({
      person: { name: "Person s1", email: "s1@x.test" },
      roles: ["reviewer"],
      by: "single sign-on",
    });
  });

  test("gives the roles of the groups of each time, and refuses whoever has none left", async () => {
    const subject = account();
    const { client } = await signIn(subject);
    const first = await sessionOf(client);
    await signIn(account({ groups: ["reviewers", "authors"] }, subject), client);
    expect(await sessionOf(client)).toMatchObject({ person: first.person, roles: ["author", "reviewer"] });
    const { ended } = await signIn(account({ groups: [] }, subject));
    await expectRefused(ended, "None of your groups at the identity provider gives you a role here. Ask access@x.test");
    expect(await sessionOf(client)).toMatchObject({ roles: [] });
  });

  test("finds the same person under a changed e-mail", async () => {
    const subject = account();
    const before = await sessionOf((await signIn(subject)).client);
    const after = await sessionOf((await signIn(account({ email: "moved@x.test" }, subject))).client);
    expect(after.person).toEqual({ ...before.person, email: "moved@x.test" });
  });

  test("is refused without a verified e-mail, and by the e-mail of somebody else", async () => {
    const { ended } = await signIn(account({ email_verified: false }));
    await expectRefused(ended, "does not say that your e-mail address is verified");
    await signIn(account({ email: "hers@x.test" }));
    const taker = await signIn(account({ email: "hers@x.test" }));
    await expectRefused(taker.ended, "belongs to somebody here who has another account");
    expect(await sessionOf(taker.client)).toBe("unauthenticated");
  });
});

describe("an answer that does not belong to the sign-in", () => {
  const notAccepted = "answer could not be accepted";

  test("is refused with another state, and from another browser", async () => {
    const { client, ended } = await signIn(account(), undefined, "/", isCallback);
    const forged = new URL(ended.address);
    forged.searchParams.set("state", "another");
    await expectRefused(await client.follow(forged.href), notAccepted);
    await expectRefused(await new CookieClient().follow(ended.address), notAccepted);
    expect(await sessionOf(client)).toBe("unauthenticated");
  });

  test("is refused a second time", async () => {
    const { client, ended } = await signIn(account(), undefined, "/", isCallback);
    const thief = client.copy();
    await client.follow(ended.address);
    expect(await sessionOf(client)).toMatchObject({ roles: ["author"] });
    await expectRefused(await thief.follow(ended.address), notAccepted);
  });

  test.each<[string, (claims: JWTPayload) => Promise<string>]>([
    ["signed by another key", async (claims) => provider.sign(claims, await anotherKey())],
    ["not signed", async (claims) => `${encoded({ alg: "none" })}.${encoded(claims)}.`],
    ["signed with the client's secret", (claims) => signedWithSecret(claims)],
    ["for another audience", (claims) => provider.sign({ ...claims, aud: "another" })],
    ["of another issuer", (claims) => provider.sign({ ...claims, iss: "https://another.test" })],
    ["with another nonce", (claims) => provider.sign({ ...claims, nonce: "another" })],
    ["without a nonce", ({ nonce: _, ...claims }) => provider.sign(claims)],
    ["that is over", (claims) => provider.sign({ ...claims, exp: Number(claims.iat) - 60 })],
  ])("is refused with an ID token %s", async (_, forge) => {
    provider.forge = forge;
    const { client, ended } = await signIn(account({ groups: ["admins"] }));
    await expectRefused(ended, notAccepted);
    expect(await sessionOf(client)).toBe("unauthenticated");
  });
});

describe("signing out", () => {
  test("at the provider ends every session here, and a new sign-in begins another", async () => {
    const subject = account();
    const [{ client }, other] = [await signIn(subject), await signIn(subject)];
    await signOutAtProvider(client, `${provider.issuer}/session/end`);
    expect([await sessionOf(client), await sessionOf(other.client)]).toEqual(["session-ended", "session-ended"]);
    const page = await client.follow(`${address}/segments`);
    expect(page.address).toBe(`${address}/sign-in?from=%2Fsegments&why=session-ended`);
    expect(await page.response?.text()).toContain("Your identity provider ended your session.");
    expect(await sessionOf((await signIn(subject)).client)).toMatchObject({ roles: ["author"] });
  });

  test("here leads on to the provider's sign-out, and back", async () => {
    const { client } = await signIn(account());
    const away = (at: string) => new URL(at).origin === provider.issuer;
    const { address: endSession } = await client.follow(`${address}/api/auth/provider-sign-out`, away);
    expect(await signOutAtProvider(client, endSession)).toBe(`${address}/sign-in`);
  });

  test("is told to Steward by a token that anybody could have made: refused", async () => {
    const { client } = await signIn(account({}, "stays"));
    const claims = () => ({ ...logoutClaims("stays"), jti: crypto.randomUUID() });
    const refused: Record<string, string> = {
      "of another key": await provider.sign(claims(), await anotherKey()),
      unsigned: `${encoded({ alg: "none" })}.${encoded(claims())}.`,
      "signed with the secret": await signedWithSecret(claims()),
      "for another client": await provider.sign({ ...claims(), aud: "another" }),
      "of another issuer": await provider.sign({ ...claims(), iss: "https://another.test" }),
      "an ID token": await provider.sign({ ...claims(), events: undefined, nonce: "n" }),
      "with a nonce": await provider.sign({ ...claims(), nonce: "n" }),
      "without the event": await provider.sign({ ...claims(), events: {} }),
      "without an id": await provider.sign({ ...claims(), jti: undefined }),
      "without a subject": await provider.sign({ ...claims(), sub: undefined, sid: "s" }),
      "too old": await provider.sign({ ...claims(), iat: claims().iat - 400 }),
      nonsense: "nonsense",
    };
    const answers = await Promise.all(Object.entries(refused).map(async ([what, token]) => [what, await tell(token)]));
    expect(answers).toEqual(Object.keys(refused).map((what) => [what, 400]));
    expect(await sessionOf(client)).toMatchObject({ roles: ["author"] });
  });

  test("is told once: the same token again is refused", async () => {
    const token = await provider.sign({ ...logoutClaims(account()), jti: "once" });
    expect([await tell(token), await tell(token)]).toEqual([200, 400]);
  });
});

describe("a disabled person", () => {
  test("is out at once: pages, calls by cookie and by token, and at the next sign-in", async () => {
    const [admin, ada] = [await signIn(account({ groups: ["admins"] })), await signIn(account({}, "ada"))];
    const { secret } = await (await postJson(ada.client, "/api/v1/tokens", { name: "script" })).json();
    const byToken = () => fetch(`${address}/api/v1/session`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await byToken()).status).toBe(200);
    const { person } = await sessionOf(ada.client);
    expect((await postJson(admin.client, `/api/v1/people/${person.id}/disable`)).status).toBe(200);

    expect(await sessionOf(ada.client)).toBe("person-disabled");
    expect((await byToken()).status).toBe(401);
    const page = await ada.client.follow(`${address}/segments`);
    expect(page.address).toBe(`${address}/sign-in?from=%2Fsegments&why=person-disabled`);
    expect(await page.response?.text()).toContain("Your account here was disabled. Ask access@x.test.");
    await expectRefused((await signIn("ada")).ended, "Your account here was disabled. Ask access@x.test.");
  });
});

test("a provider that does not answer is said to be the reason, and the way back is kept", async () => {
  await provider.close();
  const client = new CookieClient();
  const ended = await client.follow(await beginSignIn(client, "/audit"));
  const page = await expectRefused(ended, "Your identity provider does not answer.");
  expect(page).toMatch(/returnTo\W+\/audit\W/);
});

async function signOutAtProvider(client: CookieClient, endSession: string): Promise<string> {
  const page = await (await client.get(endSession)).text();
  const [, xsrf = ""] = /name="xsrf" value="(\w+)"/.exec(page) ?? [];
  const ended = await client.post(`${provider.issuer}/session/end/confirm`, { xsrf, logout: "yes" });
  return ended.headers.get("location") ?? "";
}

function logoutClaims(sub: string) {
  const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
  const iat = Math.floor(Date.now() / 1000);
  return { iss: provider.issuer, aud: testClient.id, sub, iat, exp: iat + 120, events };
}

async function tell(token: string): Promise<number> {
  const body = new URLSearchParams({ logout_token: token });
  return (await fetch(`${address}/api/auth/backchannel-logout`, { method: "POST", body })).status;
}

function postJson(client: CookieClient, path: string, body: object = {}): Promise<Response> {
  const headers = { cookie: client.cookies(address), "content-type": "application/json", origin: address };
  return fetch(address + path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function anotherKey() {
  const { privateKey } = await generateKeyPair("RS256");
  return { privateKey, kid: "test" };
}

function signedWithSecret(claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(testClient.secret));
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
