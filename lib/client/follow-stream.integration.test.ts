import { type AddressInfo, connect as connectTcp, createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { followMembership } from "../membership/server/follow-membership";
import { eventWhere, nextEvent } from "../testing/client-events";
import { createTestKey, serveFeed, type World } from "../testing/feed-fixture";
import { createManualClock, type ManualClock } from "../testing/manual-clock";
import { createServedWorld, onPlan } from "../testing/served-world";
import type { Client } from "./api";
import { createClient } from "./client";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let line: Awaited<ReturnType<typeof createLine>>;
let secret: string;
beforeAll(async () => {
  world = await createServedWorld();
  await follow();
  feed = await serveFeed(world);
  line = await createLine(Number(new URL(feed.url).port));
  ({ secret } = await createTestKey(world.ctx, { rights: ["definitions", "members", "receipts"] }));
});
afterAll(async () => {
  line.close();
  await feed.close();
  await world.close();
});

let client: Client;
let clock: ManualClock;
beforeEach(async () => {
  clock = createManualClock(Date.now());
  client = createClient({ url: `http://127.0.0.1:${line.port}/feed/v1/production`, key: secret }, clock);
  await client.ready();
});
afterEach(() => client.close());

const follow = () => followMembership({ db: world.db, engine: world.engine, now: new Date() }, { cause: "data" });

/** What lies between client and feed, to be cut. */
async function createLine(feedPort: number) {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectTcp(feedPort, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from
        .on("error", () => to.destroy())
        .on("close", () => {
          open.delete(from);
          to.destroy();
        });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  function cut(): void {
    for (const socket of open) socket.destroy();
  }
  function close(): void {
    cut();
    server.close();
  }
  return { port: (server.address() as AddressInfo).port, cut, close };
}

async function enter(...ids: string[]): Promise<void> {
  await world.engine.ingest({ changes: ids.map((id) => ({ id, region: "eu", attributes: { plan: "pro" } })) }, 0);
  await follow();
}

/** Nothing here passes time: what comes by the stream comes by itself. */
const moved = (segment: string) => eventWhere(client, "members", ({ segments }) => segments.includes(segment));

test("a release is in use as soon as the stream tells of it", async () => {
  const changed = eventWhere(client, "change", ({ segments }) => segments.includes("streamed"));
  const revision = await world.release({ key: "streamed", rule: onPlan });
  expect((await changed).released).toBe(revision);
  expect(client.status()).toMatchObject({ state: "current", released: revision });
});

test("members enter and leave by the stream, a whole revision at once", async () => {
  expect(await client.isMember("both", "s-0")).toBe(false);
  const ids = Array.from({ length: 2_500 }, (_, index) => `s-${index}`);
  const entered = moved("both");
  await enter(...ids);
  await entered;
  for (const id of ids) expect(await client.isMember("both", id)).toBe(true);
  const left = moved("both");
  await world.engine.ingest({ changes: ids.map((id) => ({ id, attributes: { plan: null } })) }, 0);
  await follow();
  await left;
  for (const id of ids) expect(await client.isMember("both", id)).toBe(false);
});

test("a stream that was cut goes on where it was, and misses nothing", async () => {
  for (let round = 0; round < 5; round += 1) {
    expect(await client.isMember("both", `cut-${round}`)).toBe(false);
    const [told, came] = [nextEvent(client, "error"), moved("both")];
    line.cut();
    expect(await told).toMatchObject({ code: expect.stringMatching(/unreachable|truncated/) });
    await enter(`cut-${round}`);
    await clock.pass();
    await came;
    expect(await client.isMember("both", `cut-${round}`)).toBe(true);
  }
  expect(client.status().state).toBe("current");
});

test("a segment that is not in the scope is no silent no, and is known once it is released", async () => {
  await expect(client.isMember("later", "cut-0")).rejects.toMatchObject({ code: "unknown-segment" });
  const changed = eventWhere(client, "change", ({ segments }) => segments.includes("later"));
  await world.release({ key: "later", rule: onPlan });
  await changed;
  expect(await client.isMember("later", "cut-0")).toBe(false);
  const entered = moved("later");
  await follow();
  await entered;
  expect(await client.isMember("later", "cut-0")).toBe(true);
});
