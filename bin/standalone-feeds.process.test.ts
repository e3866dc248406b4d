import { get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Nginx, startNginx } from "../lib/testing/nginx";
import {
  createSharedInstallation,
  type SharedInstallation,
  type StandaloneFeed,
} from "../lib/testing/standalone-feeds";
import { startLoad } from "../lib/testing/steady-load";
import { forwardTcp } from "../lib/testing/tcp-forward";

/** `STEWARD_AWAY_MINUTES=10` and `STEWARD_ROLLING=3 STEWARD_ROLLING_RATE=500` are the longer runs. */
const awayMs = Number(process.env.STEWARD_AWAY_MINUTES ?? 0) * 60_000;
const restarts = Number(process.env.STEWARD_ROLLING ?? 1);
const perSecond = Number(process.env.STEWARD_ROLLING_RATE ?? 50);

let shared: SharedInstallation;
let feeds: StandaloneFeed[];
let nginx: Nginx;
let key: { id: string; secret: string };

beforeAll(async () => {
  shared = await createSharedInstallation();
  for (let n = 0; n < 5; n += 1) await shared.release();
  key = await shared.createKey();
  feeds = [await shared.addFeed({ STEWARD_ACCESS_LOG: "all" }), await shared.addFeed()];
  for (const feed of feeds) await feed.start();
  nginx = await startNginx(feeds.map(({ port }) => port));
});
afterAll(async () => {
  await nginx?.stop();
  await shared.close();
});

const paths = ["head", "bundle", "bundle?format=flagd", "segments", "keys", "segments/killed-0/members"];

type Pulled = { status: number; etag: string | null; text: string; headers: Headers };

/** As `fetch` asks, unless more is said: compressed. */
async function pull(
  base: string,
  path: string,
  more: Record<string, string> = {},
  secret = key.secret,
): Promise<Pulled> {
  const headers = { authorization: `Bearer ${secret}`, ...more };
  const answer = await fetch(`${base}/feed/v1/production/${path}`, { headers });
  return {
    status: answer.status,
    etag: answer.headers.get("etag"),
    text: await answer.text(),
    headers: answer.headers,
  };
}

/** Both have heard of the newest. */
async function agree(): Promise<void> {
  const { revision } = await shared.db.environment.findUniqueOrThrow({ where: { key: "production" } });
  for (const { url } of feeds) {
    await vi.waitFor(async () => expect(JSON.parse((await pull(url, "head")).text).revision).toBe(revision), 20_000);
  }
}

test("two feeds serve the same bytes under the same tags, through a proxy that compresses too", async () => {
  await agree();
  for (const path of paths) {
    const [one, two, proxied] = await Promise.all([...feeds, nginx].map(({ url }) => pull(url, path)));
    expect([path, one?.status]).toEqual([path, 200]);
    for (const other of [two, proxied]) expect([path, other?.etag, other?.text]).toEqual([path, one?.etag, one?.text]);
  }
  const { headers, etag } = await pull(nginx.url, "bundle");
  expect(headers.get("content-encoding")).toBe("gzip");
  const again = await pull(nginx.url, "bundle", { "if-none-match": etag ?? "" });
  expect([again.status, again.text, again.etag]).toEqual([304, "", etag]);
});

test("nothing is cached across keys, not even by a proxy that keeps everything", async () => {
  const narrow = await shared.createKey(["us"]);
  await vi.waitFor(async () => expect((await pull(nginx.url, "bundle", {}, narrow.secret)).status).toBe(200), 10_000);
  for (const { secret } of [key, narrow]) await pull(nginx.url, "bundle", {}, secret);
  const [mine, other] = [await pull(nginx.url, "bundle"), await pull(nginx.url, "bundle", {}, narrow.secret)];
  expect(JSON.parse(mine.text).segments).toHaveLength(4);
  expect(JSON.parse(other.text).segments).toEqual([]);
  expect([mine, other].map(({ headers }) => headers.get("x-cache"))).toEqual(["MISS", "MISS"]);
  const forced = (secret: string) =>
    fetch(`${nginx.url}/forced/v1/production/bundle`, { headers: { authorization: `Bearer ${secret}` } });
  for (const _ of [1, 2]) {
    expect(await (await forced(key.secret)).text()).toBe(mine.text);
    expect(await (await forced(narrow.secret)).text()).toBe(other.text);
  }
  expect((await forced(`stw_${"x".repeat(43)}`)).status).toBe(401);
});

test.each(["identity", "gzip"])(
  "a body that is cut on the way does not pass for a whole one, as %s",
  async (encoding) => {
    const cutting = await forwardTcp(900);
    cutting.to(Number(new URL(nginx.url).port));
    const headers = { authorization: `Bearer ${key.secret}`, "accept-encoding": encoding };
    const isWhole = await new Promise<boolean>((resolve) => {
      get(`http://127.0.0.1:${cutting.port}/feed/v1/production/bundle`, { headers, agent: false }, (response) => {
        response.resume();
        response.once("end", () => resolve(response.complete)).once("error", () => resolve(false));
      }).once("error", () => resolve(false));
    });
    expect(isWhole).toBe(false);
    await cutting.close();
  },
);

test("a revoked key is refused by both within 5 seconds", async () => {
  const gone = await shared.createKey();
  await vi.waitFor(async () => {
    for (const { url } of feeds) expect((await pull(url, "head", {}, gone.secret)).status).toBe(200);
  }, 10_000);
  // Nobody says so: it is found out.
  await shared.db.consumerKey.update({ where: { id: gone.id }, data: { revokedAt: new Date() } });
  await vi.waitFor(async () => {
    for (const { url } of feeds) expect((await pull(url, "head", {}, gone.secret)).status).toBe(401);
  }, 5_000);
});

test(
  "while PostgreSQL is away, and a feed restarts meanwhile, what was served is served on",
  async () => {
    await agree();
    const before = await Promise.all(paths.map((path) => pull(feeds[0]?.url ?? "", path)));
    const bytes = ({ status, etag, text }: Pulled) => ({ status, etag, text });
    await vi.waitFor(async () => expect(await pages(feeds[0])).toBeGreaterThan(0));
    await shared.stopPostgres();
    const load = startLoad(`${nginx.url}/feed/v1/production/bundle`, {
      perSecond: 20,
      headers: { authorization: `Bearer ${key.secret}` },
    });
    await feeds[0]?.kill();
    await feeds[0]?.start();
    const until = Date.now() + awayMs;
    do {
      const during = await Promise.all(paths.map((path) => pull(feeds[0]?.url ?? "", path)));
      expect(during.map(bytes)).toEqual(before.map(bytes));
      if (Date.now() < until) await pause(1_000);
    } while (Date.now() < until);
    const health = await fetch(`${feeds[0]?.url}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([200, { status: "degraded" }]);
    await load.stop();
    expect(load.failures).toEqual([]);
    await shared.startPostgres();
    await shared.release();
    await agree();
    console.info(`PostgreSQL was away for ${awayMs / 60_000} minutes: ${load.answered} answers, none failed`);
  },
  240_000 + awayMs * 1.2,
);

test(
  `${restarts} rolling restarts at ${perSecond} requests a second fail no request`,
  async () => {
    await agree();
    const load = startLoad(`${nginx.url}/feed/v1/production/head`, {
      perSecond,
      headers: { authorization: `Bearer ${key.secret}` },
    });
    for (let n = 0; n < restarts; n += 1) {
      for (const feed of feeds) {
        await feed.stop();
        await feed.start();
      }
    }
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.answered).toBeGreaterThan(0);
    console.info(`${restarts} rolling restarts of two feeds: ${load.answered} answers, none failed`);
  },
  120_000 + restarts * 120_000,
);

test("the access log names calls and keys, and neither a secret nor a customer; metrics tell of revisions", async () => {
  const [feed] = feeds;
  await pull(feed?.url ?? "", "customers/shared-1");
  await pull(feed?.url ?? "", "head", {}, `stw_${"y".repeat(43)}`);
  await vi.waitFor(() => expect(feed?.output()).toContain('"call":"customers"'));
  expect(feed?.output()).toContain(`"key":"${key.id}"`);
  expect(feed?.output()).not.toMatch(/stw_|shared-1/);
  const metrics = await (await fetch(`${feed?.url}/metrics`)).text();
  for (const name of ["steward_requests_total", "steward_request_seconds_bucket", "steward_feed_streams"])
    expect(metrics).toContain(name);
  expect(metrics).toMatch(
    /steward_consumer_lag_seconds\{consumer="[^"]+",environment="production",key="stw_[^"]+"\} \d/,
  );
  expect(metrics).toMatch(/steward_feed_head_revision\{environment="production"\} \d+/);
});

async function pages(feed: StandaloneFeed | undefined): Promise<number> {
  const { readdir } = await import("node:fs/promises");
  return (await readdir(`${feed?.folder}/feed/members`)).length;
}
