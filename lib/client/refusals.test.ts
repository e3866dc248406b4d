import { createHmac, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { endorsementType, headType } from "../feed/head-wire";
import { makeSigningKey, type SigningKey, signCompact } from "../feed/server/signing-key";
import { type Alter, type AlteredFeed, type FeedAnswer, type Recording, serveRecording } from "../testing/altered-feed";
import { keySet, madeSegment, makeFeed, signedHead } from "../testing/made-feed";
import { createManualClock, type ManualClock } from "../testing/manual-clock";
import type { Client, ClientEvents, ConnectOptions } from "./api";
import { createClient } from "./client";

const now = Date.parse("2026-11-22T12:00:00Z");
const pro = { attribute: "plan", operator: "equals", value: "pro" };
const customer = { id: "a", region: "eu", consents: [], objections: [], attributes: { plan: "pro" } };
const made = (revision: number, more: Partial<Parameters<typeof makeFeed>[1]> = {}) =>
  makeFeed(key, { revision, segments: [madeSegment(`since-${revision}`, pro)], ...more });

let key: SigningKey;
let other: SigningKey;
let feed: AlteredFeed;
beforeAll(async () => {
  [key, other] = await Promise.all([makeSigningKey(), makeSigningKey()]);
  feed = await serveRecording(made(1));
});
afterAll(() => feed.close());

let client: Client;
let clock: ManualClock;
let told: ClientEvents["refused"][];
async function connected(options: Partial<ConnectOptions> = {}, first: Recording = made(5)): Promise<void> {
  feed.serve(first);
  clock = createManualClock(now);
  client = createClient({ url: feed.url, key: "stw_x", mode: "poll", instance: "one", ...options }, clock);
  told = [];
  client.on("refused", (refusal) => told.push(refusal));
  await client.ready();
  await clock.idle();
  await feed.receipts(1);
}
beforeEach(() => connected());
afterEach(() => client.close());
const inUse = () => client.segmentsOf(customer).map(({ key: name }) => name);

const headOf = (recording: Recording): Record<string, unknown> => {
  const { jws: _, ...payload } = JSON.parse(String(recording.get("/head")?.body));
  return payload;
};
const jwsOf = (recording: Recording): string => JSON.parse(String(recording.get("/head")?.body)).jws;
const withHead = (recording: Recording, head: FeedAnswer): Recording => new Map([...recording, ["/head", head]]);
const forged = (header: object, signature: (input: string) => string) => {
  const payload = headOf(made(6));
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part(header)}.${part(payload)}`;
  return withHead(made(6), signedHead(payload, `${input}.${signature(input)}`));
};
const onBundle =
  (change: (answer: FeedAnswer) => FeedAnswer): Alter =>
  (path, answer) =>
    path === "/bundle" ? change(answer) : answer;
const onHead =
  (change: (answer: FeedAnswer) => FeedAnswer): Alter =>
  (path, answer) =>
    path === "/head" ? change(answer) : answer;
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
const html = { "content-type": "text/html" };
const oneSegment = (rule: unknown) => made(6, { segments: [madeSegment("odd", rule)] });

type Case = {
  readonly why: string;
  readonly code: string;
  readonly feed: () => Recording;
  readonly alter?: Alter;
  readonly says?: string[];
};
const cases: Case[] = [
  { why: "an older revision", code: "older-revision", feed: () => made(4) },
  { why: "an expired head", code: "expired-head", feed: () => made(6, { expires: "2026-11-22T11:59:59.000Z" }) },
  { why: "another scope", code: "foreign-scope", feed: () => made(6, { scope: "another" }) },
  {
    why: "another environment",
    code: "foreign-scope",
    feed: () => {
      const payload = { ...headOf(made(6)), environment: "staging" };
      return withHead(made(6), signedHead(payload, signCompact(key, headType, payload)));
    },
  },
  {
    why: "a key that nobody vouches for",
    code: "unknown-signing-key",
    feed: () => makeFeed(other, { revision: 6, segments: [] }),
  },
  { why: "alg none", code: "bad-algorithm", feed: () => forged({ alg: "none", kid: key.id, typ: headType }, () => "") },
  {
    why: "a MAC with the public key for its secret",
    code: "bad-algorithm",
    feed: () =>
      forged({ alg: "HS256", kid: key.id, typ: headType }, (input) =>
        createHmac("sha256", Buffer.from(key.publicKey.x, "base64url")).update(input).digest("base64url"),
      ),
  },
  {
    why: "a signature of somebody else under a trusted name",
    code: "bad-signature",
    feed: () => {
      const payload = headOf(made(6));
      return withHead(made(6), signedHead(payload, signCompact({ ...other, id: key.id }, headType, payload)));
    },
  },
  {
    why: "something else that the key has signed",
    code: "malformed-head",
    feed: () => withHead(made(6), signedHead(headOf(made(6)), signCompact(key, endorsementType, headOf(made(6))))),
  },
  {
    why: "another head beside the signature",
    code: "malformed-head",
    feed: () => withHead(made(6), signedHead({ ...headOf(made(6)), revision: 7 }, jwsOf(made(6)))),
  },
  {
    why: "no signature",
    code: "unsigned",
    feed: () => made(6),
    alter: onHead((answer) => ({ ...answer, body: Buffer.from(JSON.stringify(headOf(made(6)))) })),
  },
  { why: "an unknown operator", code: "unreadable-rule", feed: () => oneSegment({ ...pro, operator: "sounds_like" }) },
  { why: "an unknown guard", code: "unreadable-rule", feed: () => oneSegment({ all: [{ guard: "moon" }, pro] }) },
  { why: "an unknown node", code: "unreadable-rule", feed: () => oneSegment({ xor: [pro, pro] }) },
  {
    why: "a value that the operator cannot read",
    code: "unreadable-rule",
    feed: () => oneSegment({ ...pro, value: [1] }),
  },
  { why: "a segment without a version", code: "malformed-bundle", feed: () => made(6, { segments: [{ key: "a" }] }) },
  {
    why: "the bundle of another revision under a good head",
    code: "digest-mismatch",
    feed: () => made(6),
    alter: onBundle((answer) => ({ ...answer, body: Buffer.from(String(answer.body).replace("since-6", "since-7")) })),
  },
  {
    why: "a head of a bundle that is too large",
    code: "oversized",
    feed: () => made(6, { bundle: { bytes: 2 ** 40 } }),
  },
  {
    why: "a bundle that goes on",
    code: "oversized",
    feed: () => made(6),
    alter: onBundle((answer) => ({ ...answer, body: Buffer.concat([answer.body, randomBytes(5_000_000)]) })),
  },
  {
    why: "a bundle that unpacks to very much",
    code: "oversized",
    feed: () => made(6),
    alter: onBundle((answer) => ({
      ...answer,
      headers: { ...answer.headers, "content-encoding": "gzip" },
      body: bomb,
    })),
  },
  {
    why: "a bundle that is cut",
    code: "truncated",
    feed: () => made(6),
    alter: onBundle((answer) => ({ ...answer, body: answer.body.subarray(0, 100) })),
  },
  {
    why: "a connection that breaks off",
    code: "truncated",
    feed: () => made(6),
    alter: onBundle((answer) => ({ ...answer, cutAfter: 100 })),
  },
  {
    why: "a page instead of a head",
    code: "wrong-content-type",
    feed: () => made(6),
    alter: onHead((answer) => ({ ...answer, headers: html })),
    says: ["activated"],
  },
  {
    why: "a page instead of a bundle",
    code: "wrong-content-type",
    feed: () => made(6),
    alter: onBundle((answer) => ({ ...answer, headers: html })),
  },
];

describe("what cannot be believed is refused with its reason, and the next good answer is taken", () => {
  test.each(cases)("$why: $code", async ({ code, feed: recording, alter, says = ["refused", "activated"] }) => {
    feed.serve(recording(), alter);
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "refusing", released: 5, lastRefusal: { code } });
    expect(inUse()).toEqual(["since-5"]);
    await clock.pass();
    expect(told.map((refusal) => refusal.code)).toEqual([code]);
    feed.serve(made(6));
    clock.set(clock.now() + 60_000);
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "current", released: 6 });
    expect(inUse()).toEqual(["since-6"]);
    const receipts = await feed.receipts(says.length);
    expect(receipts.map(({ state }) => state)).toEqual(says);
    expect(receipts.at(-1)).toMatchObject({
      revision: 6,
      instance: "one",
      digest: expect.stringContaining("sha-256="),
    });
  });

  test.each([500, 502, 503, 429, 404, 302, 401])(
    "a %i is a failure: what was good is kept, and no receipt says otherwise",
    async (status) => {
      feed.serve(made(6), (_, answer) => ({ ...answer, status, headers: html }));
      await clock.pass();
      expect(client.status()).toMatchObject({
        state: "unreachable",
        released: 5,
        lastError: { message: expect.stringContaining(`${status}`) },
      });
      expect(inUse()).toEqual(["since-5"]);
      feed.serve(made(6));
      await clock.pass();
      expect(client.status()).toMatchObject({ state: "current", released: 6 });
      expect(await feed.receipts(1)).toMatchObject([{ state: "activated", revision: 6 }]);
    },
  );

  test("a tag that was refused is never answered as unchanged", async () => {
    feed.serve(
      made(6),
      onBundle((answer) => ({ ...answer, body: Buffer.from("[]") })),
    );
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "refusing", released: 5 });
    const asked = feed.asked.length;
    feed.serve(made(6));
    await clock.pass();
    expect(feed.asked.slice(asked, asked + 2)).toEqual(["/head", "/bundle"]);
    expect(client.status().released).toBe(6);
  });

  test("a replica that is behind for a moment is refused, and nobody is alarmed", async () => {
    feed.serve(made(4));
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "refusing", lastRefusal: { code: "older-revision" } });
    feed.serve(made(5));
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "current", released: 5 });
    feed.serve(made(6));
    await clock.pass();
    expect(await feed.receipts(1)).toMatchObject([{ state: "activated", revision: 6 }]);
  });

  test("waits double to a minute while the feed fails, and never fall below what it asks for", async () => {
    feed.serve(made(6), (_, answer) => ({ ...answer, status: 503 }));
    await clock.pass();
    const waits: number[] = [];
    for (let count = 0; count < 8; count += 1) waits.push(await clock.pass());
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000));
    feed.serve(made(6), (_, answer) => ({ ...answer, status: 503, headers: { "retry-after": "300" } }));
    await clock.pass();
    expect(await clock.pass()).toBe(300_000);
  });

  test("what is in use expires in the end, and is still answered with", async () => {
    await client.close();
    await connected({}, made(5, { expires: "2026-11-22T13:00:00.000Z" }));
    feed.serve(made(6), (_, answer) => ({ ...answer, status: 503 }));
    clock.set(Date.parse("2026-11-22T13:00:00Z"));
    expect(client.status().state).toBe("expired");
    expect(inUse()).toEqual(["since-5"]);
  });
});

describe("signing keys", () => {
  const endorsed = (by: SigningKey) => ({
    ...other,
    endorsement: signCompact(by, endorsementType, { kid: other.id, x: other.publicKey.x }),
  });
  const rotated = (keys: Parameters<typeof keySet>[0]) =>
    new Map([...makeFeed(other, { revision: 6, segments: [] }), ["/keys", keySet(keys)]]);

  test("a key that a trusted one vouches for is taken, and asked for at most once a minute", async () => {
    feed.serve(rotated([{ ...other, endorsement: "e30.e30.e30" }, key]));
    const asked = feed.asked.length;
    await clock.pass();
    for (let count = 0; count < 5; count += 1) await clock.pass();
    expect(client.status().lastRefusal).toMatchObject({ code: "unknown-signing-key" });
    expect(feed.asked.slice(asked).filter((path) => path === "/keys")).toHaveLength(1);
    feed.serve(rotated([endorsed(key), key]));
    clock.set(clock.now() + 60_000);
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "current", released: 6 });
  });

  test.each<[string, () => Parameters<typeof keySet>[0]]>([
    ["vouches for itself", () => [endorsed(other), key]],
    ["is vouched for by none", () => [other, key]],
    ["has the name of another", () => [{ ...endorsed(key), id: key.id }]],
  ])("a key that %s is not", async (_, keys) => {
    feed.serve(rotated(keys()));
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "refusing", released: 5 });
  });

  test("where keys are named, the first answer is believed from those only", async () => {
    feed.serve(makeFeed(other, { revision: 6, segments: [] }));
    const picky = createClient({ url: feed.url, key: "stw_x", mode: "poll", trustedKeys: [key.id] }, clock);
    const refused = await new Promise((resolve) => picky.on("refused", resolve));
    expect(refused).toMatchObject({ code: "unknown-signing-key" });
    expect(() => picky.segmentsOf(customer)).toThrow(expect.objectContaining({ code: "not-ready" }));
    await expect(picky.ready({ signal: AbortSignal.abort() })).rejects.toThrow(/no trusted key/);
    await picky.close();
  });
});
