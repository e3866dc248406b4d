import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SegmentListQuery, segmentListQuerySchema } from "../../segments/list-query";
import {
  createGovernance,
  documentOf,
  type Governance,
  type PersonName,
  refusal,
  released,
  submitted,
  testNow,
} from "../../testing/governance";
import { createSegment } from "../../versions/server/create-segment";
import { openDraft } from "../../versions/server/open-draft";
import { killSegment } from "./kill-segment";
import { listEnvironments } from "./list-environments";
import { listSegments } from "./segment-list";
import { segmentOverview } from "./segment-overview";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await released(world, "live-one");
  await released(world, "live-two");
  await openDraft(world.as("author"), { key: "live-two" });
  await submitted(world, "reviewed");
  await createSegment(world.as("author2"), {
    document: documentOf("drafted", {
      ...{ name: "50% off_sale", tags: ["sale"], purposes: ["marketing"], regions: ["us"], criticality: "billing" },
      owner: { team: "growth", person: "author2@x.test" },
      definition: { rule: { all: [{ attribute: "spend", operator: "at_least", value: 5 }] } },
    }),
  });
  await released(world, "killed");
  await killSegment(world.as("operator"), { key: "killed", environment: "production", reason: "Leak." });
});
afterAll(() => world.close());

async function keys(query: Record<string, string | string[]>, by: PersonName = "viewer", at = testNow) {
  const { items } = await listSegments(world.as(by, at), segmentListQuerySchema.parse(query));
  return items.map(({ key }) => key);
}

describe("the list of segments", () => {
  test.each<[Record<string, string>, string[]]>([
    [{ state: "live" }, ["live-one", "live-two"]],
    [{ state: "in_review" }, ["reviewed"]],
    [{ state: "draft" }, ["drafted", "live-two"]],
    [{ state: "killed" }, ["killed"]],
    [{ state: "never" }, ["drafted", "reviewed"]],
    [{ state: "archived" }, []],
    [{ query: "LIVE" }, ["live-one", "live-two"]],
    [{ query: "50%" }, ["drafted"]],
    [{ query: "0_o" }, []],
    [{ query: "sale" }, ["drafted"]],
    [{ purpose: "marketing" }, ["drafted"]],
    [{ region: "us,moon" }, ["drafted"]],
    [{ criticality: "billing" }, ["drafted"]],
    [{ tag: "sale" }, ["drafted"]],
    [{ attribute: "spend" }, ["drafted"]],
    [{ owner: "author2@x.test" }, ["drafted"]],
    [{ owner: "growth", state: "killed" }, ["killed"]],
  ])("%o", async (query, expected) => {
    expect(await keys(query)).toEqual(expected);
  });

  test("mine are those that I own", async () => {
    expect(await keys({ mine: "true" }, "author2")).toEqual(["drafted"]);
    expect(await keys({ mine: "true" }, "viewer")).toEqual([]);
  });

  test("is due for review once its time has passed", async () => {
    const later = new Date(testNow.getTime() + 181 * 86_400_000);
    expect(await keys({ state: "review_due" })).toEqual([]);
    expect(await keys({ state: "review_due" }, "viewer", later)).toEqual(["killed", "live-one", "live-two"]);
  });

  test("pages, and counts each state with the other filters as they are", async () => {
    const query: SegmentListQuery = segmentListQuerySchema.parse({ query: "live", pageSize: "1", page: "2" });
    const list = await listSegments(world.as("support"), query);
    expect(list.items.map(({ key }) => key)).toEqual(["live-two"]);
    expect(list).toMatchObject({ total: 2, counts: { live: 2, draft: 1, killed: 0 } });
    expect(list.items[0]).toMatchObject({
      ...{ members: 160, trend: [160], open: { number: 2, state: "draft" } },
      standings: [
        { environment: "staging", standing: "never" },
        { environment: "production", standing: "live", version: 1, rolloutPercent: 100 },
      ],
    });
  });

  test("sorts by members, those without a number last in both directions", async () => {
    expect((await keys({ sort: "-members" })).slice(0, 3)).toEqual(["live-one", "live-two", "killed"]);
    expect((await keys({ sort: "members" })).slice(0, 3)).toEqual(["killed", "live-one", "live-two"]);
  });
});

test("the overview holds what is live, the draft, the versions and who pulls it", async () => {
  const overview = await segmentOverview(world.as("viewer"), "live-two");
  expect(overview).toMatchObject({
    live: { production: { version: { number: 1 }, kind: "release" } },
    draft: { number: 2 },
    shown: { number: 1 },
    versions: [{ number: 2 }, { number: 1 }],
    trend: [{ day: "2026-06-01", members: 160 }],
  });
  expect(await refusal(segmentOverview(world.as("viewer"), "nothing"))).toBe("not-found not-found");
});

test("environments say their revision and how many segments they serve, killed ones not counted", async () => {
  const { items } = await listEnvironments(world.as("viewer"));
  expect(items).toMatchObject([
    { key: "staging", revision: 0, changedAt: null, liveSegments: 0, policies: [] },
    {
      key: "production",
      revision: 4,
      changedAt: testNow.toISOString(),
      liveSegments: 2,
      policies: [{ key: "billing-or-regulatory" }, {}, {}],
    },
  ]);
});

test("5,000 segments with 30 days of counts are searched, sorted and paged quickly", async () => {
  const { db } = world.database;
  await db.$executeRaw`
    INSERT INTO "Segment" ("id", "key", "name", "criticality", "purposes", "regions", "createdAt")
    SELECT 'bulk-' || n, 'bulk-' || n, 'Bulk segment ' || md5(n::text), 'operational', '{service}', '{eu}', now()
    FROM generate_series(1, 5000) n`;
  await world.database.unprotected(async (tx) => {
    await tx.$executeRaw`
    INSERT INTO "Version" ("id", "segmentId", "number", "document", "contentHash", "authorId", "state")
    SELECT 'bulk-' || n || '-' || v, 'bulk-' || n, v, '{}', 'hash', 'id-author',
      (CASE WHEN v = 1 THEN 'released' ELSE 'draft' END)::"VersionState"
    FROM generate_series(1, 5000) n CROSS JOIN generate_series(1, 2) v`;
    await tx.$executeRaw`
    INSERT INTO "Revision" ("environmentKey", "number", "kind")
    SELECT 'production', 10 + n, 'release' FROM generate_series(1, 5000) n`;
    await tx.$executeRaw`
    INSERT INTO "Release" ("id", "environmentKey", "segmentId", "versionId", "revision", "kind", "artefact",
      "contentHash", "actorId")
    SELECT 'bulk-' || n, 'production', 'bulk-' || n, 'bulk-' || n || '-1', 10 + n, 'release', '{}', 'hash', 'id-operator'
    FROM generate_series(1, 5000) n`;
  });
  await db.$executeRaw`
    INSERT INTO "MemberCount" ("segmentId", "environmentKey", "day", "members", "countedAt")
    SELECT 'bulk-' || n, 'production', DATE '2026-06-01' - d, n * d, now()
    FROM generate_series(1, 5000) n CROSS JOIN generate_series(1, 30) d`;
  await db.$executeRaw`ANALYZE`;
  const ctx = world.as("viewer");
  const times: number[] = [];
  for (const query of [{}, { query: "segment a" }, { sort: "-members" }, { sort: "lastPulled" }, { page: "90" }]) {
    const parsed = segmentListQuerySchema.parse(query);
    await listSegments(ctx, parsed);
    const started = performance.now();
    const { total } = await listSegments(ctx, parsed);
    times.push(performance.now() - started);
    expect(total).toBeGreaterThan(100);
  }
  console.info(`segment list, 5,000 segments: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  expect(Math.min(...times)).toBeLessThan(300);
});
