import type { Client, ConnectOptions } from "../client/api";
import { createClient } from "../client/client";
import type { SigningKey } from "../feed/server/signing/signing-key";
import type { AlteredFeed, Recording } from "./altered-feed";
import { type MadeFeed, madeSegment, makeFeed } from "./made-feed";
import { createManualClock, type ManualClock } from "./manual-clock";

export const readingSince = Date.parse("2026-11-22T12:00:00Z");
export const onPro = { attribute: "plan", operator: "equals", value: "pro" };
export const html = { "content-type": "text/html" };
const customer = { id: "a", region: "eu", consents: [], objections: [], attributes: { plan: "pro" } };

/** A release of one segment, which is named after it and takes everybody on plan pro. */
export function releaseOf(key: SigningKey, revision: number, more: Partial<MadeFeed> = {}): Recording {
  return makeFeed(key, { revision, segments: [madeSegment(`since-${revision}`, onPro)], ...more });
}

export type Reading = {
  readonly client: Client;
  readonly clock: ManualClock;
  /** Each reason that was told, in their order. */
  readonly refusals: readonly string[];
  /** The segments of somebody on plan pro. */
  inUse(): string[];
};

/** A client that polls a feed by a clock of the test, holds its first answer and has said so. */
export async function startReading(
  feed: AlteredFeed,
  first: Recording,
  options: Partial<ConnectOptions> = {},
): Promise<Reading> {
  feed.serve(first);
  const clock = createManualClock(readingSince);
  const client = createClient({ url: feed.url, key: "stw_x", mode: "poll", instance: "one", ...options }, clock);
  const refusals: string[] = [];
  client.on("refused", ({ code }) => refusals.push(code));
  await client.ready();
  await clock.idle();
  await feed.receipts(1);
  return { client, clock, refusals, inUse: () => client.segmentsOf(customer).map(({ key }) => key) };
}
