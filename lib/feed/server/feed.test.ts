import { createHash } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import jsonLogic, { type RulesLogic } from "json-logic-js";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestKey, serveFeed, type World } from "../../testing/feed-fixture";
import { consumerOf, createServedWorld, onPlan } from "../../testing/served-world";
import { feedSegmentAnswerSchema } from "../wire";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;

beforeAll(async () => {
  world = await createServedWorld();
});
afterAll(() => world.close());
beforeEach(() => serve());
afterEach(() => feed.close());

async function serve(): Promise<void> {
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
}

describe("a bundle", () => {
  test("holds every segment of the scope with its guarded rule, at one revision", async () => {
    const { secret } = await createTestKey(world.ctx);
    const { revision, segments } = await consumer.bundleOf(secret);
    expect(revision).toBe(4);
    expect(segments.map(({ key }) => key)).toEqual(["both", "by-hand", "only-marketing", "only-us"]);
    expect(segments[0]).toMatchObject({ version: 1, hash: "hash-both-1", revision: 1, precedence: 1, killed: false });
    expect(JSON.stringify(segments[0]?.rule)).toContain('"guard":"region"');
  });

  test("holds each rule as JsonLogic too, and says why where that is impossible", async () => {
    const { secret } = await createTestKey(world.ctx);
    await world.release({ key: "one-in-four", rule: onPlan, environment: "staging", rolloutPercent: 25 });
    const { segments } = await consumer.bundleOf(secret);
    const [both] = segments;
    const customer = { id: "c", region: "eu", consents: [], objections: [], attributes: { plan: "pro" }, asOf: 0 };
    expect(both?.cannotSay).toBeUndefined();
    expect(jsonLogic.apply(both?.jsonLogic as RulesLogic, customer)).toBe(true);
    expect(jsonLogic.apply(both?.jsonLogic as RulesLogic, { ...customer, region: "uk" })).toBe(false);
    const { secret: staging } = await createTestKey(world.ctx, { environment: "staging" });
    const response = await consumer.pull("staging/segments/one-in-four", staging);
    const { segment } = feedSegmentAnswerSchema.parse(await response.json());
    expect(segment.jsonLogic).toBeUndefined();
    expect(segment.cannotSay).toEqual([expect.objectContaining({ message: expect.stringContaining("25 %") })]);
  });

  test("is 304 for who has it, under any encoding, also after a restart, and 200 for who has another", async () => {
    const { secret } = await createTestKey(world.ctx);
    const first = await consumer.pull("production/bundle", secret);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"4-/);
    for (const encoding of ["identity", "gzip", "br"]) {
      const again = await consumer.pull("production/bundle", secret, {
        "if-none-match": etag,
        "accept-encoding": encoding,
      });
      expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    }
    expect((await consumer.pull("production/bundle", secret, { "if-none-match": 'W/"3-x"' })).status).toBe(200);
    await feed.close();
    await serve();
    expect((await consumer.pull("production/bundle", secret, { "if-none-match": etag })).status).toBe(304);
  });

  test("carries length and digest of the bytes sent, in each encoding", async () => {
    const { secret } = await createTestKey(world.ctx);
    const head = (await (await consumer.pull("production/head", secret)).json()) as { bundle: { digest: string } };
    const plain = { identity: (b: Buffer) => b, gzip: gunzipSync, br: brotliDecompressSync };
    for (const [encoding, decode] of Object.entries(plain)) {
      const { headers, body } = await consumer.pullRaw("production/bundle", secret, encoding);
      expect(headers["content-length"]).toBe(String(body.length));
      expect(headers["content-digest"]).toBe(digest(body));
      expect(digest(decode(body))).toBe(head.bundle.digest);
      expect(headers.vary).toBe("Accept-Encoding, Authorization");
    }
  });

  test("has another tag for another scope", async () => {
    const [all, eu] = [await createTestKey(world.ctx), await createTestKey(world.ctx, { regions: ["eu"] })];
    const tags = await Promise.all(
      [all, eu].map(async ({ secret }) => (await consumer.pull("production/bundle", secret)).headers.get("etag")),
    );
    expect(tags[0]).not.toBe(tags[1]);
  });

  test("follows a release and a kill within 5 seconds, never by mixing revisions", async () => {
    const { secret } = await createTestKey(world.ctx);
    const { revision } = await consumer.bundleOf(secret);
    await world.release({ key: "new-one", rule: onPlan });
    await vi.waitFor(async () => expect((await consumer.bundleOf(secret)).revision).toBe(revision + 1), 5_000);
    const revised = await world.release({ key: "new-one", rule: onPlan, killed: true });
    await vi.waitFor(async () => expect((await consumer.bundleOf(secret)).revision).toBe(revised), 5_000);
    const killed = (await consumer.bundleOf(secret)).segments.find(({ key }) => key === "new-one");
    expect(killed).toMatchObject({ killed: true, revision: revised });
    expect(killed?.rule).toMatchObject({ all: [{ guard: "region", regions: [] }, onPlan] });
  });
});

describe("a customer", () => {
  test("has the scope's segments and the treatments that win", async () => {
    const { secret } = await createTestKey(world.ctx);
    const answer = await (await consumer.pull("production/customers/eu-1", secret)).json();
    expect(answer).toMatchObject({
      customer: { id: "eu-1" },
      segments: expect.arrayContaining([expect.objectContaining({ key: "only-marketing", version: 1 })]),
      treatments: [{ name: "pool", value: "vip", from: { key: "only-marketing" }, over: [{ key: "both" }] }],
    });
  });

  test("of another region, of none, or unknown is not found, with the same body", async () => {
    const { secret } = await createTestKey(world.ctx, { regions: ["eu"] });
    const bodies = await Promise.all(
      ["us-1", "nowhere", "unknown"].map(async (id) => {
        const response = await consumer.pull(`production/customers/${id}`, secret);
        expect(response.status).toBe(404);
        return { ...((await response.json()) as object), requestId: "" };
      }),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  test("asked for too often is 429 with Retry-After", async () => {
    const limited = await serveFeed(world, { customersPerSecond: 3 });
    const { secret } = await createTestKey(world.ctx);
    const ask = () =>
      fetch(`${limited.url}/production/customers/eu-1`, { headers: { authorization: `Bearer ${secret}` } });
    const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]?.headers.get("retry-after")).toBe("1");
    await limited.close();
  });
});

type OpenApi = { paths: Record<string, { get?: { parameters: { name: string; in: string }[] } }> };

test("openapi.json describes the calls and needs no key", async () => {
  const response = await consumer.pull("production/openapi.json");
  const document = (await response.json()) as OpenApi;
  expect(Object.keys(document.paths)).toEqual([
    "/v1/{environment}/head",
    "/v1/{environment}/bundle",
    "/v1/{environment}/segments",
    "/v1/{environment}/segments/{key}",
    "/v1/{environment}/revisions/{revision}/bundle",
    "/v1/{environment}/keys",
    "/v1/{environment}/segments/{key}/members",
    "/v1/{environment}/changes",
    "/v1/{environment}/stream",
    "/v1/{environment}/customers/{id}",
    "/v1/{environment}/receipts",
  ]);
  const asked = document.paths["/v1/{environment}/head"]?.get?.parameters.filter((each) => each.in === "query");
  expect(asked?.map(({ name }) => name)).toEqual(["after", "wait"]);
});

function digest(bytes: Buffer): string {
  return `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
}

test("the reference for people names every call that openapi.json describes, and needs no key", async () => {
  const response = await consumer.pull("production/docs");
  const text = await response.text();
  const described = await (await consumer.pull("production/openapi.json")).json();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const path of Object.keys(described.paths)) expect(text).toContain(`/feed${path}<`);
});
