import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeSigningKey, type SigningKey } from "../feed/server/signing/signing-key";
import { type AlteredFeed, altering, serveRecording } from "../testing/altered-feed";
import { html, type Reading, releaseOf, startReading } from "../testing/reading-client";

let key: SigningKey;
let feed: AlteredFeed;
let reading: Reading;
beforeAll(async () => {
  key = await makeSigningKey();
  feed = await serveRecording(made(5));
});
beforeEach(async () => {
  reading = await startReading(feed, made(5, { expires: "2026-11-22T13:00:00.000Z" }));
});
afterEach(() => reading.client.close());
afterAll(() => feed.close());

const made = (revision: number, more = {}) => releaseOf(key, revision, more);

test.each([500, 502, 503, 429, 404, 302, 401])(
  "a %i is a failure: what was good is kept, and no receipt says otherwise",
  async (status) => {
    const { client, clock, inUse } = reading;
    feed.serve(made(6), (_, answer) => ({ ...answer, status, headers: html }));
    await clock.pass();
    const lastError = { message: expect.stringContaining(`${status}`) };
    expect(client.status()).toMatchObject({ state: "unreachable", released: 5, lastError });
    expect(inUse()).toEqual(["since-5"]);
    feed.serve(made(6));
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "current", released: 6 });
    expect(await feed.receipts(1)).toMatchObject([{ state: "activated", revision: 6 }]);
  },
);

test("a tag that was refused is never answered as unchanged", async () => {
  const { client, clock } = reading;
  feed.serve(
    made(6),
    altering("/bundle", (answer) => ({ ...answer, body: Buffer.from("[]") })),
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
  const { client, clock } = reading;
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
  const { clock } = reading;
  feed.serve(made(6), (_, answer) => ({ ...answer, status: 503 }));
  await clock.pass();
  const waits: number[] = [];
  for (let count = 0; count < 8; count += 1) waits.push(await clock.pass());
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000));
  feed.serve(made(6), (_, answer) => ({ ...answer, status: 503, headers: { "retry-after": "300" } }));
  await clock.pass();
  expect(await clock.pass()).toBe(300_000);
});

test("what is in use expires in the end, and is still answered with", () => {
  const { client, clock, inUse } = reading;
  clock.set(Date.parse("2026-11-22T13:00:00Z"));
  expect(client.status().state).toBe("expired");
  expect(inUse()).toEqual(["since-5"]);
});
