import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { createServedWorld } from "../../../testing/served-world";
import type { FeedDependencies } from "../feed";
import { asOfHeader } from "./as-of";
import { createTarpit } from "./tarpit";

let world: World;
let secret: string;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  world = await createServedWorld();
  ({ secret } = await createTestKey(world.ctx));
});
afterEach(async () => {
  for (const feed of open.splice(0)) await feed.close();
});
afterAll(() => world.close());

async function ask(more: Partial<FeedDependencies> = {}) {
  const feed = await serveFeed(world, more);
  open.push(feed);
  return (path: string, by = secret, body = "") =>
    new Promise<{ status: number; code: unknown; headers: Record<string, unknown> }>((resolve, reject) => {
      const headers = { authorization: `Bearer ${by}`, "content-length": body.length };
      const asked = request(`${feed.url}/production/${path}`, { headers, agent: false }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const { code } = JSON.parse(Buffer.concat(chunks).toString());
        resolve({ status: response.statusCode ?? 0, code, headers: response.headers });
      });
      asked.once("error", reject);
      asked.end(body);
    });
}

describe("what one key may ask for", () => {
  test("is so many calls a second, of whatever kind, and another key's are not counted", async () => {
    const pull = await ask({ requestsPerSecond: 3 });
    const answers = [await pull("head"), await pull("bundle"), await pull("segments"), await pull("bundle")];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers.at(-1)).toMatchObject({ code: "too-many-requests", headers: { "retry-after": "1" } });
    expect((await pull("segments")).status).toBe(429);
    const other = await createTestKey(world.ctx);
    expect((await pull("head", other.secret)).status).toBe(200);
  });

  test("has an address of 8,192 characters at most, and no body", async () => {
    const pull = await ask();
    expect(await pull(`changes?after=${"1".repeat(8_200)}`)).toMatchObject({ status: 414, code: "address-too-long" });
    const withBody = await pull("head", secret, "more");
    expect(withBody).toMatchObject({ status: 413, code: "body-not-read", headers: { connection: "close" } });
  });
});

test("every refusal at the door is a problem with the request's id, as those behind it are", async () => {
  const pull = await ask();
  const refused = await pull("bundle", `stw_${"z".repeat(43)}`);
  expect(refused).toMatchObject({ status: 401, code: "unknown-key", headers: { "www-authenticate": "Bearer" } });
  expect(refused.headers["x-request-id"]).toMatch(/\S/);
});

test("more who guess than are held at a time are not held, and lose their connection", async () => {
  const tarpit = createTarpit({ waitMs: 60_000, atMost: 1 });
  void tarpit.hold();
  const response = { shouldKeepAlive: true };
  await tarpit.hold(response);
  expect(response.shouldKeepAlive).toBe(false);
});

test("an answer says of when it is once the database has been away for a while, and not before", () => {
  const views = { readAt: () => Date.parse("2026-05-01T00:00:00Z") };
  const after = (seconds: number) => asOfHeader({ views, now: () => views.readAt() + seconds * 1_000 });
  expect(after(9)).toEqual([]);
  expect(after(60)).toEqual(["steward-as-of", "2026-05-01T00:00:00.000Z"]);
});
