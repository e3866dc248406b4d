import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "../../testing/feed-fixture";
import {
  rejectedCodes as codes,
  createIngestWorld,
  type IngestWorld,
  ingestNow as now,
} from "../../testing/ingest-fixture";
import type { IngestDependencies } from "../http";

let world: IngestWorld;
beforeAll(async () => {
  world = await createIngestWorld();
});
afterAll(() => world.close());

describe("a key", () => {
  test("brings nothing of customers of other regions, and moves nobody in or out of its own", async () => {
    const [own, foreign] = [world.fresh("c"), world.fresh("c")];
    await world.engine.ingest(
      {
        changes: [
          { id: own, region: "eu" },
          { id: foreign, region: "us" },
        ],
      },
      now,
    );
    const said = { purpose: "marketing", state: "granted", at: "2026-11-20T12:00:00Z" };
    const customers = [
      { id: foreign, attributes: { plan: "x" } },
      { id: foreign, region: "eu" },
      { id: own, region: "us" },
      { id: own, region: null },
      { id: world.fresh("c"), region: "us" },
      { id: own, attributes: { plan: "x" } },
    ];
    const refused = await world.send("customers", customers);
    expect(codes(refused)).toEqual([1, 2, 3, 4, 5].map((line) => [line, "foreign-region"]));
    expect(codes(await world.send("events", [world.visit(foreign), world.visit(own)]))).toEqual([
      [1, "foreign-region"],
    ]);
    expect(codes(await world.send("consents", [{ customerId: foreign, ...said }]))).toEqual([[1, "foreign-region"]]);
    expect(await world.engine.get(foreign)).toMatchObject({ region: "us", consents: [], attributes: {} });
    expect(await world.engine.get(own)).toMatchObject({ region: "eu", attributes: { plan: "x" } });
  });

  test("without the right, unknown, missing or in the address is refused before anything is read", async () => {
    const reader = (await createTestKey(world.ctx, { rights: ["definitions"] })).secret;
    const answers = [
      await world.post("events", "{}", { authorization: `Bearer ${reader}` }),
      await world.post("events", "{}", { authorization: `Bearer stw_${"x".repeat(43)}` }),
      await Promise.resolve(world.ingest.app.request("/v1/events", { method: "POST", body: "{}" })),
      await world.post(`events?key=${world.key}`, "{}"),
      await world.post("nothing", "{}"),
      await Promise.resolve(world.ingest.app.request("/v1/events")),
    ];
    const expected = [
      [403, "missing-right"],
      [401, "unknown-key"],
      [401, "missing-key"],
      [400, "key-in-address"],
      [404, "not-found"],
      [405, "method-not-allowed"],
    ];
    for (const [index, answer] of answers.entries()) {
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect([answer.status, (await answer.json()).code]).toEqual(expected[index]);
    }
  });
});

describe("too much", () => {
  test("at once is 429 with Retry-After, unread, and is taken once there is room", async () => {
    const blocked = Promise.withResolvers<void>();
    const slow: IngestDependencies["engine"] = () => ({
      ...world.engine,
      ingest: async (batch, at) => {
        await blocked.promise;
        return world.engine.ingest(batch, at);
      },
    });
    const app = await world.open({ engine: slow, limits: { items: 3 } });
    const customer = world.fresh("c");
    const flood = [world.visit(customer), world.visit(customer), world.visit(customer)]
      .map((event) => JSON.stringify(event))
      .join("\n");
    const first = world.post("events", flood, {}, app);
    while (app.queue.held().items < 3) await new Promise((resolve) => setImmediate(resolve));
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new TextEncoder().encode(`${JSON.stringify(world.visit(customer))}\n`));
      },
    });
    const request = {
      method: "POST",
      headers: { authorization: `Bearer ${world.key}` },
      body: endless,
      duplex: "half",
    };
    const refused = await app.app.request("/v1/events", request);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(pulled).toBeLessThan(3);
    blocked.resolve();
    expect(await (await first).json()).toMatchObject({ accepted: 3 });
    expect((await world.post("events", JSON.stringify(world.visit(customer)), {}, app)).status).toBe(200);
    await app.close();
  });

  test("in one body is 413; what is not packed as it says is 400, and as nobody knows 415", async () => {
    const app = await world.open({ limits: { bodyBytes: 1_000 } });
    const large = gzipSync(`${" ".repeat(2_000)}{}`);
    const answers = [
      await world.post("events", large, { "content-encoding": "gzip" }, app),
      await world.post("events", "x".repeat(2_000), { "content-length": "2000" }, app),
      await world.post("events", "no gzip", { "content-encoding": "gzip" }, app),
      await world.post("events", "{}", { "content-encoding": "br" }, app),
    ];
    expect(answers.map(({ status }) => status)).toEqual([413, 413, 400, 415]);
    await app.close();
  });
});

test("what came in is counted by hour, source and target, with codes, and when values last came", async () => {
  const { secret, key: made } = await createTestKey(world.ctx, { regions: ["eu"], rights: ["ingest"] });
  const authorization = { authorization: `Bearer ${secret}` };
  for (let round = 0; round < 2; round += 1) {
    const app = await world.open();
    const old = { ...world.visit("late"), id: "late", at: "2026-11-20T00:00:00Z" };
    const lines = [old, world.visit("late"), "no", world.visit("late", { type: "ordr" })].map((line) =>
      JSON.stringify(line),
    );
    await world.post("events", lines.join("\n"), authorization, app);
    await world.post(
      "customers",
      JSON.stringify({ id: "late", attributes: { plan: "x", spend: null } }),
      authorization,
      app,
    );
    await app.close();
  }
  const rows = await world.db.ingestHour.findMany({ where: { source: `key:${made.id}` }, orderBy: { target: "asc" } });
  const hour = new Date("2026-11-21T12:00:00Z");
  const source = `key:${made.id}`;
  expect(rows).toEqual([
    { hour, source, target: "customers", accepted: 2, repeated: 0, late: 0, rejected: 0, codes: {} },
    {
      ...{ hour, source, target: "events", accepted: 4, repeated: 1, late: 1, rejected: 4 },
      codes: { "wrong-type": 2, "unknown-event-type": 2 },
    },
  ]);
  const arrived = await world.db.attribute.findMany({ where: { arrivedAt: { not: null } }, select: { key: true } });
  expect(arrived.map((row) => row.key)).toEqual(expect.arrayContaining(["plan"]));
  expect(arrived.map((row) => row.key)).not.toContain("email");
});
