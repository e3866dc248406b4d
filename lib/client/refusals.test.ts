import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeSigningKey, type SigningKey } from "../feed/server/signing/signing-key";
import { type AlteredFeed, serveRecording } from "../testing/altered-feed";
import { type Reading, releaseOf, startReading } from "../testing/reading-client";
import { refusedAnswers } from "../testing/refused-answers";

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

test.each(refusedAnswers(() => ({ key, other })))(
  "$why is refused as $code, what was good is kept, and the next good answer is taken",
  async ({ code, feed: recording, alter, says = ["refused", "activated"] }) => {
    const { client, clock, refusals, inUse } = reading;
    feed.serve(recording(), alter);
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "refusing", released: 5, lastRefusal: { code } });
    expect(inUse()).toEqual(["since-5"]);
    await clock.pass();
    expect(refusals).toEqual([code]);
    feed.serve(releaseOf(key, 6));
    clock.set(clock.now() + 60_000);
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "current", released: 6 });
    expect(inUse()).toEqual(["since-6"]);
    const receipts = await feed.receipts(says.length);
    expect(receipts.map(({ state }) => state)).toEqual(says);
    const digest = expect.stringContaining("sha-256=");
    expect(receipts.at(-1)).toMatchObject({ revision: 6, instance: "one", digest });
  },
);
