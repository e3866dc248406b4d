import { createHash } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestKey, createWorld, serveFeed, type World } from "../../testing/feed-fixture";
import type { FeedDefinition } from "../wire";
import { revokeKey } from "./consumers";

const onPlan = { attribute: "plan", operator: "is_set" as const };

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;

beforeAll(async () => {
  world = await createWorld();
  await world.engine.upsert([
    { id: "eu-1", region: "eu", consents: ["marketing"], objections: [], attributes: { plan: "pro", spend: 10 } },
    { id: "us-1", region: "us", consents: [], objections: [], attributes: { plan: "pro", spend: 20 } },
    { id: "nowhere", consents: [], objections: [], attributes: { plan: "pro" } },
  ]);
  await world.release({ key: "both", rule: onPlan, treatments: { pool: "standard" }, precedence: 1 });
  await world.release({ key: "only-us", rule: onPlan, regions: ["us"] });
  await world.release({
    key: "only-marketing",
    rule: onPlan,
    purposes: ["marketing"],
    treatments: { pool: "vip" },
    precedence: 5,
  });
  await world.release({
    key: "by-hand",
    rule: { attribute: "spend", operator: "greater_than", value: 1000 },
    include: ["eu-1", "us-1", "unheard-of"].map((customerId) => ({ customerId, reason: "asked" })),
    exclude: [{ customerId: "us-1", reason: "asked" }],
  });
  await world.release({ key: "in-staging", rule: onPlan, environment: "staging" });
});
afterAll(() => world.close());
beforeEach(async () => {
  feed = await serveFeed(world);
});
afterEach(() => feed.close());

function pull(path: string, secret?: string, headers: Record<string, string> = {}) {
  const authorization: Record<string, string> = secret ? { authorization: `Bearer ${secret}` } : {};
  return fetch(`${feed.url}/${path}`, { headers: { ...authorization, ...headers } });
}

async function bundleOf(secret: string): Promise<{ revision: number; segments: FeedDefinition[]; text: string }> {
  const response = await pull("production/bundle", secret);
  expect(response.status).toBe(200);
  const text = await response.text();
  return { ...JSON.parse(text), text };
}

describe("a bundle", () => {
  test("holds every segment of the scope with its guarded rule, at one revision", async () => {
    const { secret } = await createTestKey(world.ctx);
    const { revision, segments } = await bundleOf(secret);
    expect(revision).toBe(4);
    expect(segments.map(({ key }) => key)).toEqual(["both", "by-hand", "only-marketing", "only-us"]);
    expect(segments[0]).toMatchObject({ version: 1, hash: "hash-both-1", revision: 1, precedence: 1, killed: false });
    expect(JSON.stringify(segments[0]?.rule)).toContain('"guard":"region"');
  });

  test("is 304 for who has it, under any encoding, also after a restart, and 200 for who has another", async () => {
    const { secret } = await createTestKey(world.ctx);
    const first = await pull("production/bundle", secret);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"4-/);
    for (const encoding of ["identity", "gzip", "br"]) {
      const again = await pull("production/bundle", secret, { "if-none-match": etag, "accept-encoding": encoding });
      expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    }
    expect((await pull("production/bundle", secret, { "if-none-match": 'W/"3-x"' })).status).toBe(200);
    await feed.close();
    feed = await serveFeed(world);
    expect((await pull("production/bundle", secret, { "if-none-match": etag })).status).toBe(304);
  });

  test("carries length and digest of the bytes sent, in each encoding", async () => {
    const { secret } = await createTestKey(world.ctx);
    const head = (await (await pull("production/head", secret)).json()) as { digests: { bundle: string } };
    const plain = { identity: (b: Buffer) => b, gzip: gunzipSync, br: brotliDecompressSync };
    for (const [encoding, decode] of Object.entries(plain)) {
      const { headers, body } = await rawPull("production/bundle", secret, encoding);
      expect(headers["content-length"]).toBe(String(body.length));
      expect(headers["content-digest"]).toBe(digest(body));
      expect(digest(decode(body))).toBe(head.digests.bundle);
      expect(headers.vary).toBe("Accept-Encoding, Authorization");
    }
  });

  test("has another tag for another scope", async () => {
    const [all, eu] = [await createTestKey(world.ctx), await createTestKey(world.ctx, { regions: ["eu"] })];
    const tags = await Promise.all(
      [all, eu].map(async ({ secret }) => (await pull("production/bundle", secret)).headers.get("etag")),
    );
    expect(tags[0]).not.toBe(tags[1]);
  });

  test("follows a release and a kill within 5 seconds, never by mixing revisions", async () => {
    const { secret } = await createTestKey(world.ctx);
    const { revision } = await bundleOf(secret);
    await world.release({ key: "new-one", rule: onPlan });
    await vi.waitFor(async () => expect((await bundleOf(secret)).revision).toBe(revision + 1), 5_000);
    const revised = await world.release({ key: "new-one", rule: onPlan, killed: true });
    await vi.waitFor(async () => expect((await bundleOf(secret)).revision).toBe(revised), 5_000);
    const killed = (await bundleOf(secret)).segments.find(({ key }) => key === "new-one");
    expect(killed).toMatchObject({ killed: true, revision: revised });
    expect(killed?.rule).toMatchObject({ all: [{ guard: "region", regions: [] }, onPlan] });
  });
});

describe("a scope", () => {
  test("of one region names no other region, no segment of another, and no customer who resides elsewhere", async () => {
    const { secret } = await createTestKey(world.ctx, { regions: ["eu"] });
    const { segments, text } = await bundleOf(secret);
    expect(segments.map(({ key }) => key)).not.toContain("only-us");
    expect(text).not.toMatch(/"us"|us-1/);
    expect(text).toContain("eu-1");
    expect(text).toContain("unheard-of");
    expect((await pull("production/segments/only-us", secret)).status).toBe(404);
    expect(await (await pull("production/segments", secret)).text()).not.toMatch(/"us"|only-us/);
  });

  test("of one purpose holds no segment of another", async () => {
    const { secret } = await createTestKey(world.ctx, { purposes: ["billing"] });
    expect((await bundleOf(secret)).segments.map(({ key }) => key)).not.toContain("only-marketing");
  });

  test("learns of a customer by hand who moves in, without a release", async () => {
    const { secret } = await createTestKey(world.ctx, { regions: ["uk", "us"] });
    expect((await bundleOf(secret)).text).not.toContain("eu-1");
    const mover = await world.engine.get("eu-1");
    if (mover) await world.engine.upsert([{ ...mover, region: "uk" }]);
    await vi.waitFor(async () => expect((await bundleOf(secret)).text).toContain("eu-1"), 6_000);
    if (mover) await world.engine.upsert([mover]);
  });
});

describe("a customer", () => {
  test("has the scope's segments and the treatments that win", async () => {
    const { secret } = await createTestKey(world.ctx);
    const answer = await (await pull("production/customers/eu-1", secret)).json();
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
        const response = await pull(`production/customers/${id}`, secret);
        expect(response.status).toBe(404);
        return { ...((await response.json()) as object), requestId: "" };
      }),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  test("asked for too often is 429 with Retry-After", async () => {
    const limited = await serveFeed(world, 3);
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

describe("a key", () => {
  test("is needed, in the Authorization header, for its own environment and with the right", async () => {
    const { secret } = await createTestKey(world.ctx, { rights: ["customers"] });
    const cases: [Promise<Response>, number, string][] = [
      [pull("production/bundle"), 401, "missing-key"],
      [pull("production/bundle", `stw_${"x".repeat(43)}`), 401, "unknown-key"],
      [pull("production/bundle", "nonsense"), 401, "unknown-key"],
      [pull(`production/bundle?key=${secret}`), 400, "key-in-address"],
      [pull("staging/customers/eu-1", secret), 403, "other-environment"],
      [pull("nowhere/customers/eu-1", secret), 403, "other-environment"],
      [pull("production/bundle", secret), 403, "missing-right"],
      [pull("production/nothing", secret), 404, "not-found"],
      [fetch(`${feed.url}/production/bundle`, { method: "POST" }), 405, "method-not-allowed"],
    ];
    for (const [asked, status, code] of cases) {
      const response = await asked;
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.json()).toMatchObject({ status, code, requestId: expect.any(String) });
      expect(response.status).toBe(status);
    }
  });

  test("works at once when it is made, and is refused within 5 seconds when it is revoked", async () => {
    const { key, secret } = await createTestKey(world.ctx);
    expect((await pull("production/bundle", secret)).status).toBe(200);
    const revokedAt = performance.now();
    await revokeKey(world.ctx, key.id);
    await vi.waitFor(async () => expect((await pull("production/bundle", secret)).status).toBe(401), 5_000);
    expect(performance.now() - revokedAt).toBeLessThan(5_000);
  });

  test("that is unknown costs no question to the database after the first; pulls cost none", async () => {
    const { secret } = await createTestKey(world.ctx);
    const unknown = `stw_${"y".repeat(43)}`;
    await pull("production/bundle", unknown);
    await pull("production/bundle", secret);
    await feed.close();
    const asked = vi.spyOn(world.db.consumerKey, "findUnique");
    feed = await serveFeed(world);
    for (let n = 0; n < 5; n++) await pull("production/bundle", unknown);
    expect(asked).toHaveBeenCalledTimes(1);
    for (let n = 0; n < 5; n++) await pull("production/bundle", secret);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  test("is marked with what it pulled last, in batches", async () => {
    const { key, secret } = await createTestKey(world.ctx);
    const { revision } = await bundleOf(secret);
    await vi.waitFor(async () => {
      const row = await world.db.consumerKey.findUniqueOrThrow({ where: { id: key.id } });
      expect(row.lastPulledRevision).toBe(revision);
    }, 6_000);
  });
});

test("openapi.json describes the calls and needs no key", async () => {
  const response = await pull("production/openapi.json");
  const document = (await response.json()) as { paths: object };
  expect(Object.keys(document.paths)).toEqual([
    "/v1/{environment}/head",
    "/v1/{environment}/bundle",
    "/v1/{environment}/segments",
    "/v1/{environment}/segments/{key}",
    "/v1/{environment}/customers/{id}",
  ]);
});

function digest(bytes: Buffer): string {
  return `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
}

/** As sent, where fetch would unpack it. */
async function rawPull(path: string, secret: string, encoding: string) {
  const { get } = await import("node:http");
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}`, "accept-encoding": encoding };
    get(`${feed.url}/${path}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
    }).on("error", reject);
  });
}
