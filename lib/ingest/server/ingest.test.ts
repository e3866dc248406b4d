import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { customerSubject } from "../../audit/server/customer-subject";
import { attributeSchema } from "../../catalogue/definition";
import { createEventType } from "../../events/server/create-event-type";
import { createKeyring } from "../../feed/server/keyring";
import { createTestKey, createWorld, type World } from "../../testing/feed-fixture";
import { createIngestApp, type IngestApp, type IngestDependencies } from "../http";
import type { IngestAnswer } from "../wire";

const now = Date.parse("2026-11-21T12:00:00Z");
const order = {
  ...{ key: "order", name: "Order", description: "" },
  properties: [{ key: "amount", name: "Amount", type: "number" as const }],
};

let world: World;
let key: string;
let ingest: IngestApp;
let told: [readonly string[], string][] = [];
let ids = 0;

beforeAll(async () => {
  world = await createWorld();
  await createEventType(world.ctx, order, world.engine);
  key = (await createTestKey(world.ctx, { regions: ["eu"], rights: ["ingest"] })).secret;
  ingest = await open();
});
afterEach(() => {
  told = [];
});
afterAll(async () => {
  await ingest.close();
  await world.close();
});

async function open(more: Partial<IngestDependencies> = {}): Promise<IngestApp> {
  return createIngestApp({
    ...{ db: world.db, engine: () => world.engine, keyring: await createKeyring(world.db), now: () => now },
    touched: (customers, cause) => void told.push([customers, cause]),
    ...more,
  });
}

function post(target: string, body: BodyInit, headers: Record<string, string> = {}, app = ingest): Promise<Response> {
  const request = { method: "POST", headers: { authorization: `Bearer ${key}`, ...headers }, body };
  return Promise.resolve(app.app.request(`/v1/${target}`, request));
}

async function send(target: string, lines: readonly unknown[]): Promise<IngestAnswer> {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const response = await post(target, text);
  expect(response.status).toBe(200);
  return await response.json();
}

const fresh = (prefix: string) => `${prefix}${ids++}`;
const visit = (customerId: string, more: object = {}) => ({
  ...{ id: fresh("e"), customerId, type: "order", at: "2026-11-21T11:30:00Z", ...more },
});
const codes = ({ rejected }: IngestAnswer) => rejected.map(({ line, code }) => [line, code]);

describe("what comes in", () => {
  test("is kept when the call answers, by lines and as an array, packed or not", async () => {
    const [a, b] = [fresh("c"), fresh("c")];
    expect(await send("customers", [{ id: a, region: "eu", attributes: { plan: "pro", spend: 2 } }])).toEqual({
      ...{ accepted: 1, repeated: 0, rejected: [], rejectedTotal: 0 },
    });
    expect(await world.engine.get(a)).toMatchObject({ region: "eu", attributes: { plan: "pro", spend: 2 } });
    const packed = gzipSync(
      JSON.stringify([
        { id: b, attributes: { plan: "free" } },
        { id: a, attributes: { spend: null } },
      ]),
    );
    const response = await post("customers", packed, { "content-encoding": "gzip" });
    expect(await response.json()).toMatchObject({ accepted: 2 });
    expect((await world.engine.get(a))?.attributes).toEqual({ plan: "pro" });
    expect((await world.engine.get(b))?.attributes).toEqual({ plan: "free" });
  });

  test("counts once by event id, within a call and in the next", async () => {
    const [customer, one] = [fresh("c"), visit("x")];
    const events = [visit(customer), { ...one, customerId: customer }, one];
    expect(await send("events", events)).toMatchObject({ accepted: 3, repeated: 1 });
    expect(await send("events", [...events, visit(customer)])).toMatchObject({ accepted: 4, repeated: 3 });
    expect(told).toEqual([
      [[customer], "events"],
      [[customer], "events"],
    ]);
  });

  test("carries statements, whose source is the key unless they say another", async () => {
    const id = fresh("c");
    const said = { purpose: "marketing", state: "granted", at: "2026-11-20T12:00:00Z" };
    await send("customers", [{ id, region: "eu", consents: [said] }]);
    await send("consents", [
      { customerId: id, ...said, state: "withdrawn", at: "2026-11-20T13:00:00Z", source: "app" },
    ]);
    expect((await world.engine.get(id))?.consents).toEqual([]);
    const kept = await world.engine.consentsOf(id);
    expect(kept.map(({ state, source }) => [state, source])).toEqual([
      ["withdrawn", "app"],
      ["granted", expect.stringMatching(/^key:/)],
    ]);
    expect(told).toEqual([
      [[id], "consent"],
      [[id], "consent"],
    ]);
    const again = { customerId: id, ...said, state: "withdrawn", at: "2026-11-20T13:00:00Z", source: "app" };
    expect(await send("consents", [again])).toMatchObject({ accepted: 1, repeated: 1 });
  });

  test("may speak of what the catalogue had added a moment ago", async () => {
    let clock = now;
    const app = await open({ now: () => clock });
    const text = JSON.stringify({ id: fresh("c"), attributes: { added_late: "x" } });
    expect(await (await post("customers", text, {}, app)).json()).toMatchObject({ accepted: 0 });
    const attribute = attributeSchema.parse({ key: "added_late", name: "Added late", type: "string" });
    await world.db.attribute.create({ data: attribute });
    await world.engine.addAttributes([attribute]);
    clock += 1;
    expect(await (await post("customers", text, {}, app)).json()).toMatchObject({ accepted: 1 });
    await app.close();
  });
});

describe("a bad line", () => {
  test("among 10,000 costs no other", async () => {
    const customer = fresh("c");
    const lines: unknown[] = Array.from({ length: 10_000 }, () => visit(customer));
    lines[7_777] = '{"id":"broken",';
    const answer = await send("events", lines);
    expect(answer).toMatchObject({ accepted: 9_999, repeated: 0, rejectedTotal: 1 });
    expect(codes(answer)).toEqual([[7_778, "not-json"]]);
  });

  test("of a megabyte is refused as a line, and the others are taken", async () => {
    const id = fresh("c");
    const large = { id, attributes: { plan: "x".repeat(1024 ** 2) } };
    const answer = await send("customers", [{ id, region: "eu" }, large, { id, attributes: { plan: "pro" } }]);
    expect(codes(answer)).toEqual([[2, "line-too-long"]]);
    expect((await world.engine.get(id))?.attributes).toEqual({ plan: "pro" });
  });

  test("is told among the first 1,000, and counted beyond", async () => {
    const answer = await send(
      "customers",
      Array.from({ length: 1_500 }, () => "no"),
    );
    expect(answer.rejected).toHaveLength(1_000);
    expect(answer).toMatchObject({ accepted: 0, rejectedTotal: 1_500 });
  });
});

describe("a key", () => {
  test("brings nothing of customers of other regions, and moves nobody in or out of its own", async () => {
    const [own, foreign] = [fresh("c"), fresh("c")];
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
      { id: fresh("c"), region: "us" },
      { id: own, attributes: { plan: "x" } },
    ];
    const refused = await send("customers", customers);
    expect(codes(refused)).toEqual([1, 2, 3, 4, 5].map((line) => [line, "foreign-region"]));
    expect(codes(await send("events", [visit(foreign), visit(own)]))).toEqual([[1, "foreign-region"]]);
    expect(codes(await send("consents", [{ customerId: foreign, ...said }]))).toEqual([[1, "foreign-region"]]);
    expect(await world.engine.get(foreign)).toMatchObject({ region: "us", consents: [], attributes: {} });
    expect(await world.engine.get(own)).toMatchObject({ region: "eu", attributes: { plan: "x" } });
  });

  test("without the right, unknown, missing or in the address is refused before anything is read", async () => {
    const reader = (await createTestKey(world.ctx, { rights: ["definitions"] })).secret;
    const answers = [
      await post("events", "{}", { authorization: `Bearer ${reader}` }),
      await post("events", "{}", { authorization: `Bearer stw_${"x".repeat(43)}` }),
      await Promise.resolve(ingest.app.request("/v1/events", { method: "POST", body: "{}" })),
      await post(`events?key=${key}`, "{}"),
      await post("nothing", "{}"),
      await Promise.resolve(ingest.app.request("/v1/events")),
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

test("what comes of somebody who was merged is of who they are now", async () => {
  const [from, into] = [fresh("c"), fresh("c")];
  await send("customers", [{ id: from }, { id: into }]);
  await world.engine.merge({ from, into }, now);
  told = [];
  expect(await send("customers", [{ id: from, attributes: { plan: "pro" } }])).toMatchObject({ accepted: 1 });
  await send("events", [visit(from)]);
  expect(await world.engine.get(from)).toBeNull();
  expect((await world.engine.get(into))?.attributes).toEqual({ plan: "pro" });
  expect(told).toEqual([
    [[into], "data"],
    [[into], "events"],
  ]);
});

test("identities are kept as their namespace keeps them, and what names another customer is told", async () => {
  const [a, b] = [fresh("c"), fresh("c")];
  const identity = { namespace: "email", value: "Someone@Example.com" };
  const app = await open();
  const lines = [
    { id: a, identities: [identity] },
    { id: b, identities: [{ ...identity, value: "someone@example.com " }] },
  ];
  const answer = await post("customers", JSON.stringify(lines), {}, app);
  expect(codes(await answer.json())).toEqual([[2, "identity-taken"]]);
  const [kept] = await world.engine.identitiesOf(a);
  expect(kept?.value).not.toContain("xample");
  expect(await world.engine.get(b)).not.toBeNull();
  await app.close();
});

test("of a customer who is erased while their line is being written nothing stays", async () => {
  const id = fresh("c");
  const customerHash = await customerSubject(world.db, id);
  const late = await open({
    engine: () => ({
      ...world.engine,
      ingest: async (batch, at) => {
        await world.db.erasedCustomer.create({ data: { customerHash, requestId: "r", erasedAt: world.ctx.now } });
        return world.engine.ingest(batch, at);
      },
    }),
  });
  await post("customers", JSON.stringify({ id, attributes: { plan: "pro" } }), {}, late);
  expect(await world.engine.get(id)).toBeNull();
  await late.close();
});

test("nothing is taken of a customer who was erased", async () => {
  const [gone, other] = [fresh("c"), fresh("c")];
  await send("customers", [{ id: other }]);
  const customerHash = await customerSubject(world.db, gone);
  await world.db.erasedCustomer.create({ data: { customerHash, requestId: "r", erasedAt: world.ctx.now } });
  expect(codes(await send("customers", [{ id: gone, region: "eu" }, { id: other }]))).toEqual([[1, "erased"]]);
  expect(codes(await send("events", [visit(gone)]))).toEqual([[1, "erased"]]);
  expect(await world.engine.get(gone)).toBeNull();
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
    const app = await open({ engine: slow, limits: { items: 3 } });
    const customer = fresh("c");
    const flood = [visit(customer), visit(customer), visit(customer)].map((event) => JSON.stringify(event)).join("\n");
    const first = post("events", flood, {}, app);
    while (app.queue.held().items < 3) await new Promise((resolve) => setImmediate(resolve));
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new TextEncoder().encode(`${JSON.stringify(visit(customer))}\n`));
      },
    });
    const request = { method: "POST", headers: { authorization: `Bearer ${key}` }, body: endless, duplex: "half" };
    const refused = await app.app.request("/v1/events", request);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(pulled).toBeLessThan(3);
    blocked.resolve();
    expect(await (await first).json()).toMatchObject({ accepted: 3 });
    expect((await post("events", JSON.stringify(visit(customer)), {}, app)).status).toBe(200);
    await app.close();
  });

  test("in one body is 413; what is not packed as it says is 400, and as nobody knows 415", async () => {
    const app = await open({ limits: { bodyBytes: 1_000 } });
    const large = gzipSync(`${" ".repeat(2_000)}{}`);
    const answers = [
      await post("events", large, { "content-encoding": "gzip" }, app),
      await post("events", "x".repeat(2_000), { "content-length": "2000" }, app),
      await post("events", "no gzip", { "content-encoding": "gzip" }, app),
      await post("events", "{}", { "content-encoding": "br" }, app),
    ];
    expect(answers.map(({ status }) => status)).toEqual([413, 413, 400, 415]);
    await app.close();
  });
});

test("what came in is counted by hour, source and target, with codes, and when values last came", async () => {
  const { secret, key: made } = await createTestKey(world.ctx, { regions: ["eu"], rights: ["ingest"] });
  const authorization = { authorization: `Bearer ${secret}` };
  for (let round = 0; round < 2; round += 1) {
    const app = await open();
    const old = { ...visit("late"), id: "late", at: "2026-11-20T00:00:00Z" };
    const lines = [old, visit("late"), "no", visit("late", { type: "ordr" })].map((line) => JSON.stringify(line));
    await post("events", lines.join("\n"), authorization, app);
    await post("customers", JSON.stringify({ id: "late", attributes: { plan: "x", spend: null } }), authorization, app);
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
