import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { endorsementType } from "../feed/head-wire";
import { makeSigningKey, type SigningKey, signCompact } from "../feed/server/signing/signing-key";
import { type AlteredFeed, serveRecording } from "../testing/altered-feed";
import { nextEvent } from "../testing/client-events";
import { keySet } from "../testing/made-feed";
import { createManualClock } from "../testing/manual-clock";
import { type Reading, readingSince, releaseOf, startReading } from "../testing/reading-client";
import { createClient } from "./client";

let key: SigningKey;
let other: SigningKey;
let feed: AlteredFeed;
let reading: Reading;
beforeAll(async () => {
  [key, other] = await Promise.all([makeSigningKey(), makeSigningKey()]);
  feed = await serveRecording(releaseOf(key, 5));
});
beforeEach(async () => {
  reading = await startReading(feed, releaseOf(key, 5));
});
afterEach(() => reading.client.close());
afterAll(() => feed.close());

const endorsed = (by: SigningKey) => ({
  ...other,
  endorsement: signCompact(by, endorsementType, { kid: other.id, x: other.publicKey.x }),
});
const rotated = (keys: Parameters<typeof keySet>[0]) => new Map([...releaseOf(other, 6), ["/keys", keySet(keys)]]);

test("a key that a trusted one vouches for is taken, and asked for at most once a minute", async () => {
  const { client, clock } = reading;
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
  const { client, clock } = reading;
  feed.serve(rotated(keys()));
  await clock.pass();
  expect(client.status()).toMatchObject({ state: "refusing", released: 5 });
});

test("where keys are named, the first answer is believed from those only", async () => {
  feed.serve(releaseOf(other, 6));
  const options = { url: feed.url, key: "stw_x", mode: "poll" as const, trustedKeys: [key.id] };
  const picky = createClient(options, createManualClock(readingSince));
  expect(await nextEvent(picky, "refused")).toMatchObject({ code: "unknown-signing-key" });
  expect(picky.status()).toMatchObject({ state: "starting", released: null });
  await expect(picky.ready({ signal: AbortSignal.abort() })).rejects.toThrow(/no trusted key/);
  await picky.close();
});
