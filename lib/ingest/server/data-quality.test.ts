import { afterAll, beforeAll, expect, test } from "vitest";
import { recordArrivals, recordValues } from "../../customers/server/record-arrivals";
import { loadArrivals } from "../../guards/server/load-arrivals";
import { silenceFindings } from "../../guards/silence-findings";
import type { Context } from "../../server/context";
import { createTestKey, createWorld, type World } from "../../testing/feed-fixture";
import { dataQuality } from "./data-quality";

const now = new Date("2026-11-21T12:30:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

let world: World;
let ctx: Context;
beforeAll(async () => {
  world = await createWorld();
  ctx = { ...world.ctx, now };
});
afterAll(() => world.close());

test("what came in is summed by source and target over the hours asked for, the most frequent code first", async () => {
  const { key } = await createTestKey(world.ctx, { rights: ["ingest"] });
  const came = (source: string, rejected: Record<string, number>, at: Date) => {
    const counts = { accepted: 10, repeated: 2, late: 1, rejected: new Map(Object.entries(rejected)) };
    return recordArrivals(world.db, { source, target: "events", ...counts }, at);
  };
  await came(`key:${key.id}`, { "wrong-type": 1, "not-json": 2 }, hoursAgo(1));
  await came(`key:${key.id}`, { "wrong-type": 3 }, hoursAgo(1));
  await came(`key:${key.id}`, {}, hoursAgo(20));
  await came(`key:${key.id}`, { erased: 7 }, hoursAgo(30));
  await came("import", {}, hoursAgo(2));
  const { sources } = await dataQuality(ctx, { hours: 24 }, world.engine);
  expect(sources).toEqual([
    {
      ...{ source: `key:${key.id}`, name: expect.stringMatching(/^Consumer, stw_.*…$/), target: "events" },
      ...{ accepted: 30, repeated: 6, late: 3, rejected: 6 },
      codes: [
        { code: "wrong-type", count: 4 },
        { code: "not-json", count: 2 },
      ],
    },
    { source: "import", name: "Imports", target: "events", accepted: 10, repeated: 2, late: 1, rejected: 0, codes: [] },
  ]);
});

test("an attribute that stops arriving stands first, and warns the segments that use it", async () => {
  await world.engine.ingest({ changes: [{ id: "1", attributes: { plan: "pro" } }, { id: "2" }] }, now.getTime());
  await world.db.attribute.updateMany({ where: { key: { in: ["plan", "spend"] } }, data: { arrivesEveryHours: 24 } });
  await recordValues(world.db, ["plan"], hoursAgo(25));
  await recordValues(world.db, ["spend"], hoursAgo(23));
  const { attributes } = await dataQuality(ctx, { hours: 24 }, world.engine);
  expect(attributes.map(({ key, silent }) => [key, silent])).toEqual([
    ["plan", true],
    ["email", false],
    ["spend", false],
  ]);
  expect(attributes[0]).toMatchObject({ customers: 1, missing: 1, arrivedAt: hoursAgo(25).toISOString() });
  const used = ["plan", "spend", "email"];
  const findings = silenceFindings(used, await loadArrivals(world.db, used), now.getTime());
  expect(findings.map(({ code, message }) => [code, message.includes('"plan"')])).toEqual([["attribute-silent", true]]);
});

test("who may not read the catalogue is told nothing", async () => {
  const nobody = { ...ctx, actor: { ...ctx.actor, roles: [] } };
  await expect(dataQuality(nobody, { hours: 24 }, world.engine)).rejects.toMatchObject({ code: "forbidden" });
});
