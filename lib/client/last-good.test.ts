import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeSigningKey, type SigningKey } from "../feed/server/signing/signing-key";
import { type AlteredFeed, serveRecording } from "../testing/altered-feed";
import { nextEvent } from "../testing/client-events";
import { madeSegment, makeFeed } from "../testing/made-feed";
import { createManualClock } from "../testing/manual-clock";
import { createClient } from "./client";
import type { Client, ConnectOptions, StewardErrorCode } from "./connect";
import { readLastGood, writeLastGood } from "./last-good";
import { openLastGoodFile } from "./last-good-file";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-last-good-"));
  path = join(folder, "last-good");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bundleOf = (text: string) => new TextEncoder().encode(text);

test("what is written is read, and a byte that changed is noticed wherever it is", async () => {
  const kept = { head: "head", bundle: bundleOf('{"segments":["ü"]}'), keys: [] };
  const bytes = await writeLastGood(kept);
  expect(await readLastGood(bytes)).toEqual(kept);
  const newline = bytes.indexOf(10);
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      fc.pre(at !== newline);
      const damaged = bytes.map((byte, index) => (index === at ? byte ^ change : byte));
      await expect(readLastGood(damaged)).rejects.toThrow();
    }),
  );
});

test("nothing of what was kept before is left, and nobody else may read it", async () => {
  const store = await openLastGoodFile(path);
  await store.write(await writeLastGood({ head: "1", bundle: bundleOf("erased-customer"), keys: [] }));
  await store.write(await writeLastGood({ head: "2", bundle: bundleOf("nobody"), keys: [] }));
  const files = (await readdir(folder)).sort();
  expect(files).toEqual(["last-good", "last-good.copy"]);
  for (const file of files) {
    expect(String(await readFile(join(folder, file)))).not.toContain("erased-customer");
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  }
});

test("a process killed while it writes leaves a whole copy, of what it said last or newer", async () => {
  const program = join(folder, "writer.mjs");
  const entryPoints = [join(import.meta.dirname, "../testing/last-good-writer.ts")];
  await build({ entryPoints, outfile: program, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  let said = 0;
  for (let kill = 0; kill < 25; kill += 1) {
    const writer = spawn(process.execPath, [program, path, String(said + 1)], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(writer, "close");
    writer.stdout.on("data", (lines) => {
      said = Number(String(lines).trim().split("\n").at(-1));
    });
    await once(writer.stdout, "data");
    setTimeout(() => writer.kill("SIGKILL"), Math.random() * 20);
    await ended;
    const copies = await (await openLastGoodFile(path)).read();
    const whole = await Promise.all(copies.map((copy) => readLastGood(copy).catch(() => null)));
    const newest = Math.max(...whole.map((copy) => Number(copy?.head ?? 0)));
    expect(newest).toBeGreaterThanOrEqual(said);
  }
}, 120_000);

describe("a client that starts again without its feed", () => {
  let key: SigningKey;
  let feed: AlteredFeed;
  const clients: Client[] = [];
  beforeAll(async () => {
    key = await makeSigningKey();
    const rule = { attribute: "plan", operator: "equals", value: "pro" };
    feed = await serveRecording(makeFeed(key, { revision: 3, segments: [madeSegment("kept", rule)] }));
  });
  beforeEach(async () => {
    await connected();
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
  afterAll(() => feed.close());

  async function connected(options: Partial<ConnectOptions> = {}): Promise<Client> {
    const client = started({ url: feed.url, ...options });
    await client.ready();
    return client;
  }
  function started(options: Partial<ConnectOptions>): Client {
    const away = "http://127.0.0.1:9/feed/v1/production";
    const client = createClient(
      { url: away, key: "stw_x", mode: "poll", cacheFile: path, ...options },
      createManualClock(0),
    );
    clients.push(client);
    return client;
  }
  const customer = { id: "a", region: "eu", consents: [], objections: [], attributes: { plan: "pro" } };
  async function refusedWith(client: Client, code: StewardErrorCode): Promise<void> {
    expect(await nextEvent(client, "error")).toMatchObject({ code });
  }

  test.each([
    ["newest", ""],
    ["second", ".copy"],
  ])("answers from the other copy where the %s is damaged", async (_, damaged) => {
    await writeFile(`${path}${damaged}`, "no copy at all");
    const client = started({});
    await client.ready();
    expect(client.segmentsOf(customer)).toMatchObject([{ key: "kept" }]);
    expect(client.status()).toMatchObject({ state: "unreachable", released: 3, ageSeconds: null });
  });

  test("says so where neither is whole, and takes what the feed has", async () => {
    for (const each of ["", ".copy"]) await writeFile(`${path}${each}`, "no copy at all");
    const client = started({ url: feed.url });
    await refusedWith(client, "cache-unusable");
    await client.ready();
    expect(client.status()).toMatchObject({ state: "current", released: 3 });
  });

  test("believes a copy only under the keys and the scope that it is to insist on", async () => {
    await refusedWith(started({ trustedKeys: ["another"] }), "cache-unusable");
    await refusedWith(started({ scope: "another" }), "cache-unusable");
    await expect(connected({ trustedKeys: [key.id], scope: "scope-of-the-test" })).resolves.toBeDefined();
  });

  test("refuses what is older than its copy, also at the first answer", async () => {
    feed.serve(makeFeed(key, { revision: 2, segments: [] }));
    const client = started({ url: feed.url });
    expect(await nextEvent(client, "refused")).toMatchObject({ code: "older-revision" });
    expect(client.segmentsOf(customer)).toMatchObject([{ key: "kept" }]);
  });

  test("goes on where the disk does not take it, and says so", async () => {
    const client = started({ url: feed.url, cacheFile: join(folder, "no-such-folder", "last-good") });
    await refusedWith(client, "cache-unwritable");
    await client.ready();
  });
});
