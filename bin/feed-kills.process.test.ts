import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { spawnApart } from "../lib/testing/run-apart";
import { consumerOf } from "../lib/testing/served-world";
import { signedHead } from "../lib/testing/signed-head";
import {
  createSharedInstallation,
  type SharedInstallation,
  type StandaloneFeed,
} from "../lib/testing/standalone-feeds";

/** `STEWARD_FEED_KILLS=200 npm test -- process feed-kills` kills each of the three so often. */
const kills = Number(process.env.STEWARD_FEED_KILLS ?? 1);
const victims = ["app", "feed", "PostgreSQL"] as const;

let shared: SharedInstallation;
let feed: StandaloneFeed;
let secret: string;

beforeAll(async () => {
  shared = await createSharedInstallation();
  for (let n = 0; n < 4; n += 1) await shared.release();
  ({ secret } = await shared.createKey());
  feed = await shared.addFeed();
  await feed.start();
});
afterAll(() => shared.close());

test(
  `${kills} kills of each of app, feed and PostgreSQL during releases: every answer is of one revision, signed, and none goes back`,
  async () => {
    const reader = createReader();
    for (let kill = 0; kill < kills * victims.length; kill += 1) {
      const victim = victims[kill % victims.length] ?? "app";
      const app = spawnApart("releasing-process.ts", [
        shared.databaseUrl,
        shared.clickhouseUrl,
        // So that the first ones are releases to production.
        String(kill * 1_000 + 1),
        ...shared.versions,
      ]);
      const ended = once(app, "exit");
      await Promise.race([once(app.stdout, "data"), ended.then(() => expect.fail("It ended by itself."))]);
      app.stdout.resume();
      // The instant is what is random about it: nothing is waited for.
      await pause(20 + Math.random() * 400);
      if (victim === "feed") await feed.kill();
      if (victim === "PostgreSQL") await shared.killPostgres();
      // A feed that begins again may find nobody else there.
      if (victim === "PostgreSQL" && kill % 2 === 0) await feed.kill();
      app.kill("SIGKILL");
      await ended;
      await feed.start();
      await reader.looks(3);
      if (victim === "PostgreSQL") await shared.startPostgres();
      await reader.reaches(await newest());
    }
    await reader.stop();
    expect(reader.faults).toEqual([]);
    expect(reader.revision()).toBeGreaterThan(4);
    console.info(`${kills} kills of each: ${reader.answers()} answers, up to revision ${reader.revision()}`);
  },
  120_000 + kills * victims.length * 40_000,
);

async function newest(): Promise<number> {
  for (;;) {
    const found = await shared.db.environment.findUnique({ where: { key: "production" } }).catch(() => null);
    if (found) return found.revision;
  }
}

/** Reads all the time; whether there is an answer is another question. */
function createReader() {
  const faults: string[] = [];
  const consumer = consumerOf({ url: `${feed.url}/feed/v1` });
  let [answers, revision, released, isStopped] = [0, 0, 0, false];

  async function look(): Promise<void> {
    const { payload } = await signedHead(consumer, secret);
    const bundle = await consumer.pull("production/bundle", secret);
    const text = await bundle.text();
    const { revision: bundled } = JSON.parse(text);
    answers += 1;
    if (payload.revision < revision) faults.push(`the head went from ${revision} to ${payload.revision}`);
    if (payload.released < released) faults.push(`the bundle went from ${released} to ${payload.released}`);
    if (bundled < payload.released) faults.push(`the bundle ${bundled} is older than the head before it`);
    if (bundled === payload.released && (await digestOf(text)) !== payload.bundle.digest) {
      faults.push(`the bundle of ${bundled} is not what its head signs`);
    }
    revision = Math.max(revision, payload.revision);
    released = Math.max(released, payload.released, bundled);
  }

  async function lookOn(): Promise<void> {
    while (!isStopped) {
      await look().catch((error: unknown) => {
        if (!isConnectionLost(error)) faults.push(String(error));
      });
      await pause(5);
    }
  }

  const looking = lookOn();
  return {
    faults,
    answers: () => answers,
    revision: () => revision,
    looks: (more: number) => {
      const wanted = answers + more;
      return vi.waitFor(() => expect(answers).toBeGreaterThanOrEqual(wanted), 30_000);
    },
    reaches: (wanted: number) => vi.waitFor(() => expect(revision).toBeGreaterThanOrEqual(wanted), 30_000),
    async stop() {
      isStopped = true;
      await looking;
    },
  };
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Buffer.from(text));
  return `sha-256=:${Buffer.from(digest).toString("base64")}:`;
}

/** Nobody listens, or who did was killed in the middle of an answer. */
function isConnectionLost(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}
