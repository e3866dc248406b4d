import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { createServedWorld } from "../../../testing/served-world";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;
let keyId: string;

beforeAll(async () => {
  world = await createServedWorld();
  feed = await serveFeed(world);
  ({
    secret,
    key: { id: keyId },
  } = await createTestKey(world.ctx, { rights: ["definitions", "receipts"] }));
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

function post(body: BodyInit, { to = "production", key = secret }: { to?: string; key?: string } = {}) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const streamed = body instanceof ReadableStream ? { duplex: "half" } : {};
  return fetch(`${feed.url}/${to}/receipts`, { method: "POST", headers, body, ...streamed });
}

const said = (receipt: object) => JSON.stringify({ state: "activated", revision: 4, ...receipt });

describe("what a reader sends", () => {
  test("is taken with the digest that the head gave it", async () => {
    const head = await fetch(`${feed.url}/production/head`, { headers: { authorization: `Bearer ${secret}` } });
    const { released, bundle } = (await head.json()) as { released: number; bundle: { digest: string } };
    const answer = await post(said({ revision: released, digest: bundle.digest, instance: "gw-1", client: "curl" }));
    expect([answer.status, await answer.json()]).toEqual([202, { behind: 0 }]);
    const rows = await world.db.consumerReceipt.findMany({ where: { keyId } });
    expect(rows).toEqual([expect.objectContaining({ instance: "gw-1", activated: released, matches: true })]);
  });

  const hostile: [title: string, body: () => BodyInit, status: number, code: string][] = [
    ["nothing", () => "", 400, "bad-receipt"],
    ["no JSON", () => "{", 400, "bad-receipt"],
    ["a list", () => "[]", 400, "bad-receipt"],
    ["no state", () => '{"revision":4}', 400, "bad-receipt"],
    ["another state", () => said({ state: "done" }), 400, "bad-receipt"],
    ["a revision as text", () => said({ revision: "4" }), 400, "bad-receipt"],
    ["half a revision", () => said({ revision: 3.5 }), 400, "bad-receipt"],
    ["a revision below zero", () => said({ revision: -1 }), 400, "bad-receipt"],
    ["a revision that no column holds", () => said({ revision: 2 ** 31 }), 400, "bad-receipt"],
    ["a revision from the future", () => said({ revision: 99 }), 400, "future-revision"],
    ["a digest of another kind", () => said({ digest: "md5=:AA==:" }), 400, "bad-receipt"],
    ["a refusal without a reason", () => said({ state: "refused" }), 400, "bad-receipt"],
    ["a reason of two lines", () => said({ state: "refused", reason: "a\nb" }), 400, "bad-receipt"],
    ["a null byte", () => said({ instance: "a\0b" }), 400, "bad-receipt"],
    ["half a character", () => said({ client: "\ud800" }), 400, "bad-receipt"],
    ["a name too long", () => said({ instance: "i".repeat(101) }), 400, "bad-receipt"],
    ["a name that is a number", () => said({ instance: 7 }), 400, "bad-receipt"],
    ["4 KB and a byte", () => said({ pad: "x".repeat(4_096) }), 413, "body-too-large"],
    ["more than it said beforehand", () => new Blob(["x".repeat(100_000)]).stream(), 413, "body-too-large"],
    ["deep brackets", () => "[".repeat(4_000), 400, "bad-receipt"],
  ];
  test.each(hostile)("is refused where it is %s", async (_, body, status, code) => {
    const answer = await post(body());
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ status, code })]);
  });

  test("is told where it is wrong", async () => {
    const answer = await post(said({ digest: "none" }));
    expect(await answer.json()).toMatchObject({ detail: 'digest: Give it as the head does: "sha-256=:…:".' });
  });

  test("needs a key of the environment with the right, and POST", async () => {
    const { secret: mute } = await createTestKey(world.ctx, { rights: ["definitions"] });
    const cases: [Promise<Response>, number, string][] = [
      [post(said({}), { to: "staging" }), 403, "other-environment"],
      [post(said({}), { key: mute }), 403, "missing-right"],
      [post(said({}), { key: `stw_${"z".repeat(43)}` }), 401, "unknown-key"],
      [fetch(`${feed.url}/production/receipts`, { headers: { authorization: `Bearer ${secret}` } }), 405, "only-post"],
    ];
    for (const [asked, status, code] of cases) {
      const answer = await asked;
      expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
    }
  });

  test("is asked for again later while it cannot be written down", async () => {
    let isAway = false;
    const away = { value: () => Promise.reject(new Error("the database is away")) };
    const present = world.db.$transaction.bind(world.db);
    const db: World["db"] = Object.create(world.db, { $transaction: { get: () => (isAway ? away.value : present) } });
    const cutOff = await serveFeed({ ...world, db });
    isAway = true;
    const headers = { authorization: `Bearer ${secret}` };
    const answer = await fetch(`${cutOff.url}/production/receipts`, { method: "POST", headers, body: said({}) });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await answer.json()).toMatchObject({ code: "unavailable" });
    await cutOff.close();
  });

  test("is no pull: who only sends receipts has pulled nothing", async () => {
    const { secret: quiet, key } = await createTestKey(world.ctx, { rights: ["definitions", "receipts"] });
    expect((await post(said({}), { key: quiet })).status).toBe(202);
    await feed.close();
    feed = await serveFeed(world);
    expect(await world.db.consumerKey.findUnique({ where: { id: key.id } })).toMatchObject({ lastPulledAt: null });
  });
});
