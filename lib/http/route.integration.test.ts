import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToken } from "../access/server/tokens";
import { closeDatabase, openDatabase } from "../server/database";
import { createGovernance, documentOf, type Governance } from "../testing/governance";
import { caller, send } from "../testing/rest";

const secret = "a secret for tests, longer than 32 characters";
let world: Governance;
let author: ReturnType<typeof caller>;
let token: string;

beforeAll(async () => {
  process.env.SESSION_SECRET = secret;
  world = await createGovernance();
  openDatabase(world.database.url);
  token = (await createToken(world.as("author", new Date()), { name: "test" })).secret;
  author = caller(token);
});
afterAll(async () => {
  await closeDatabase();
  await world.close();
});

describe("a change by the session's cookie", () => {
  async function create(key: string, headers: Record<string, string>) {
    const cookie = `next-auth.session-token=${await encode({ token: { sub: "id-author" }, secret })}`;
    const body = JSON.stringify({ document: documentOf(key) });
    const request = { method: "POST", headers: { cookie, host: "steward.test", ...headers }, body };
    return (await send(new Request("http://steward.test/api/v1/segments", request))).status;
  }

  test.each([
    ["from one of our own pages is made", "own-page", { "sec-fetch-site": "same-origin" }, 201],
    ["from another site is refused", "other-site", { "sec-fetch-site": "cross-site" }, 403],
    ["from a sister site is refused", "sister", { "sec-fetch-site": "same-site" }, 403],
    ["from another origin is refused", "origin", { origin: "https://evil.test" }, 403],
    ["that does not say where it comes from is refused", "unsaid", {}, 403],
  ])("%s", async (_title, key, headers, status) => {
    expect(await create(key, headers)).toBe(status);
    expect(await world.database.db.segment.count({ where: { key } })).toBe(status === 201 ? 1 : 0);
  });
});

describe("what is not as it must be is answered with a problem", () => {
  test.each([
    ["a body that is not JSON", "POST", "/api/v1/segments", "{", 422, "not-json"],
    ["a body with a field too many", "POST", "/api/v1/segments", '{"document":{},"x":1}', 422, "invalid-input"],
    ["text that no database takes", "POST", "/api/v1/regions", '{"key":"xx","name":"\\u0000"}', 422, "unfit-text"],
    ["half a surrogate pair", "POST", "/api/v1/regions", '{"key":"xx","name":"\\ud800"}', 422, "unfit-text"],
    ["a query that no database takes", "GET", "/api/v1/segments?query=%00", undefined, 422, "unfit-text"],
    ["an address that no database takes", "GET", "/api/v1/segments/%00", undefined, 422, "unfit-text"],
    ["an address that is not encoded right", "GET", "/api/v1/segments/%E0%A4%A", undefined, 404, "not-found"],
    ["a page of nothing", "GET", "/api/v1/segments?pageSize=0", undefined, 422, "invalid-input"],
    ["a sort that there is not", "GET", "/api/v1/segments?sort=colour", undefined, 422, "invalid-input"],
    ["an id that is not one", "GET", "/api/v1/versions/nothing", undefined, 404, "not-found"],
  ])("%s", async (_title, method, path, body, status, code) => {
    const headers = { authorization: `Bearer ${token}` };
    const request = new Request(`http://steward.test${path}`, { method, headers, ...(body ? { body } : {}) });
    const response = await send(request);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, code });
    expect(response.status).toBe(status);
  });

  test("a document of 5 MiB is refused unread", async () => {
    const answer = await author("POST", "/api/v1/segments", {
      document: { documentation: "x".repeat(5 * 1024 * 1024) },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: "too-large" } });
  });

  test("a rule nested 100,000 deep is refused, fast", async () => {
    const deep = `{"all":[`.repeat(100_000) + `]}`.repeat(100_000);
    const body = `{"document":{"key":"deep","name":"Deep","definition":{"rule":${deep}}}}`;
    const headers = { authorization: `Bearer ${token}` };
    const response = await send(new Request("http://steward.test/api/v1/segments", { method: "POST", headers, body }));
    expect(response.status).toBe(422);
  });

  test("without a token or with a disabled person's, nobody is let in", async () => {
    expect((await send(new Request("http://steward.test/api/v1/segments"))).status).toBe(401);
    await world.database.db.person.update({ where: { id: "id-author" }, data: { disabledAt: new Date() } });
    expect((await author("GET", "/api/v1/segments")).status).toBe(401);
    await world.database.db.person.update({ where: { id: "id-author" }, data: { disabledAt: null } });
  });
});
