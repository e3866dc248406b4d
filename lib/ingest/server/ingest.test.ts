import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { customerSubject } from "../../audit/server/customer-subject";
import { attributeSchema } from "../../catalogue/definition";
import {
  rejectedCodes as codes,
  createIngestWorld,
  type IngestWorld,
  ingestNow as now,
} from "../../testing/ingest-fixture";

let world: IngestWorld;
beforeAll(async () => {
  world = await createIngestWorld();
});
afterAll(() => world.close());
afterEach(() => {
  world.told.length = 0;
});

describe("what comes in", () => {
  test("is kept when the call answers, by lines and as an array, packed or not", async () => {
    const [a, b] = [world.fresh("c"), world.fresh("c")];
    expect(await world.send("customers", [{ id: a, region: "eu", attributes: { plan: "pro", spend: 2 } }])).toEqual({
      ...{ accepted: 1, repeated: 0, rejected: [], rejectedTotal: 0 },
    });
    expect(await world.engine.get(a)).toMatchObject({ region: "eu", attributes: { plan: "pro", spend: 2 } });
    const packed = gzipSync(
      JSON.stringify([
        { id: b, attributes: { plan: "free" } },
        { id: a, attributes: { spend: null } },
      ]),
    );
    const response = await world.post("customers", packed, { "content-encoding": "gzip" });
    expect(await response.json()).toMatchObject({ accepted: 2 });
    expect((await world.engine.get(a))?.attributes).toEqual({ plan: "pro" });
    expect((await world.engine.get(b))?.attributes).toEqual({ plan: "free" });
  });

  test("counts once by event id, within a call and in the next", async () => {
    const [customer, one] = [world.fresh("c"), world.visit("x")];
    const events = [world.visit(customer), { ...one, customerId: customer }, one];
    expect(await world.send("events", events)).toMatchObject({ accepted: 3, repeated: 1 });
    expect(await world.send("events", [...events, world.visit(customer)])).toMatchObject({ accepted: 4, repeated: 3 });
    expect(world.told).toEqual([
      [[customer], "events"],
      [[customer], "events"],
    ]);
  });

  test("carries statements, whose source is the key unless they say another", async () => {
    const id = world.fresh("c");
    const said = { purpose: "marketing", state: "granted", at: "2026-11-20T12:00:00Z" };
    await world.send("customers", [{ id, region: "eu", consents: [said] }]);
    await world.send("consents", [
      { customerId: id, ...said, state: "withdrawn", at: "2026-11-20T13:00:00Z", source: "app" },
    ]);
    expect((await world.engine.get(id))?.consents).toEqual([]);
    const kept = await world.engine.consentsOf(id);
    expect(kept.map(({ state, source }) => [state, source])).toEqual([
      ["withdrawn", "app"],
      ["granted", expect.stringMatching(/^key:/)],
    ]);
    expect(world.told).toEqual([
      [[id], "consent"],
      [[id], "consent"],
    ]);
    const again = { customerId: id, ...said, state: "withdrawn", at: "2026-11-20T13:00:00Z", source: "app" };
    expect(await world.send("consents", [again])).toMatchObject({ accepted: 1, repeated: 1 });
  });

  test("may speak of what the catalogue had added a moment ago", async () => {
    let clock = now;
    const app = await world.open({ now: () => clock });
    const text = JSON.stringify({ id: world.fresh("c"), attributes: { added_late: "x" } });
    expect(await (await world.post("customers", text, {}, app)).json()).toMatchObject({ accepted: 0 });
    const attribute = attributeSchema.parse({ key: "added_late", name: "Added late", type: "string" });
    await world.db.attribute.create({ data: attribute });
    await world.engine.addAttributes([attribute]);
    clock += 1;
    expect(await (await world.post("customers", text, {}, app)).json()).toMatchObject({ accepted: 1 });
    await app.close();
  });
});

describe("a bad line", () => {
  test("among 10,000 costs no other", async () => {
    const customer = world.fresh("c");
    const lines: unknown[] = Array.from({ length: 10_000 }, () => world.visit(customer));
    lines[7_777] = '{"id":"broken",';
    const answer = await world.send("events", lines);
    expect(answer).toMatchObject({ accepted: 9_999, repeated: 0, rejectedTotal: 1 });
    expect(codes(answer)).toEqual([[7_778, "not-json"]]);
  });

  test("of a megabyte is refused as a line, and the others are taken", async () => {
    const id = world.fresh("c");
    const large = { id, attributes: { plan: "x".repeat(1024 ** 2) } };
    const answer = await world.send("customers", [{ id, region: "eu" }, large, { id, attributes: { plan: "pro" } }]);
    expect(codes(answer)).toEqual([[2, "line-too-long"]]);
    expect((await world.engine.get(id))?.attributes).toEqual({ plan: "pro" });
  });

  test("is told among the first 1,000, and counted beyond", async () => {
    const answer = await world.send(
      "customers",
      Array.from({ length: 1_500 }, () => "no"),
    );
    expect(answer.rejected).toHaveLength(1_000);
    expect(answer).toMatchObject({ accepted: 0, rejectedTotal: 1_500 });
  });
});

test("what comes of somebody who was merged is of who they are now", async () => {
  const [from, into] = [world.fresh("c"), world.fresh("c")];
  await world.send("customers", [{ id: from }, { id: into }]);
  await world.engine.merge({ from, into }, now);
  world.told.length = 0;
  expect(await world.send("customers", [{ id: from, attributes: { plan: "pro" } }])).toMatchObject({ accepted: 1 });
  await world.send("events", [world.visit(from)]);
  expect(await world.engine.get(from)).toBeNull();
  expect((await world.engine.get(into))?.attributes).toEqual({ plan: "pro" });
  expect(world.told).toEqual([
    [[into], "data"],
    [[into], "events"],
  ]);
});

test("identities are kept as their namespace keeps them, and what names another customer is told", async () => {
  const [a, b] = [world.fresh("c"), world.fresh("c")];
  const identity = { namespace: "email", value: "Someone@Example.com" };
  const app = await world.open();
  const lines = [
    { id: a, identities: [identity] },
    { id: b, identities: [{ ...identity, value: "someone@example.com " }] },
  ];
  const answer = await world.post("customers", JSON.stringify(lines), {}, app);
  expect(codes(await answer.json())).toEqual([[2, "identity-taken"]]);
  const [kept] = await world.engine.identitiesOf(a);
  expect(kept?.value).not.toContain("xample");
  expect(await world.engine.get(b)).not.toBeNull();
  await app.close();
});

test("of a customer who is erased while their line is being written nothing stays", async () => {
  const id = world.fresh("c");
  const customerHash = await customerSubject(world.db, id);
  const late = await world.open({
    engine: () => ({
      ...world.engine,
      ingest: async (batch, at) => {
        await world.db.erasedCustomer.create({ data: { customerHash, requestId: "r", erasedAt: world.ctx.now } });
        return world.engine.ingest(batch, at);
      },
    }),
  });
  await world.post("customers", JSON.stringify({ id, attributes: { plan: "pro" } }), {}, late);
  expect(await world.engine.get(id)).toBeNull();
  await late.close();
});

test("nothing is taken of a customer who was erased", async () => {
  const [gone, other] = [world.fresh("c"), world.fresh("c")];
  await world.send("customers", [{ id: other }]);
  const customerHash = await customerSubject(world.db, gone);
  await world.db.erasedCustomer.create({ data: { customerHash, requestId: "r", erasedAt: world.ctx.now } });
  expect(codes(await world.send("customers", [{ id: gone, region: "eu" }, { id: other }]))).toEqual([[1, "erased"]]);
  expect(codes(await world.send("events", [world.visit(gone)]))).toEqual([[1, "erased"]]);
  expect(await world.engine.get(gone)).toBeNull();
});
