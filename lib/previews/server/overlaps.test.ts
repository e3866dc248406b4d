import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToken } from "../../access/server/tokens";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { killSegment } from "../../releases/server/kill-segment";
import type { Rule } from "../../rules/definition";
import { compile } from "../../rules/evaluate";
import { closeDatabase, openDatabase } from "../../server/database";
import {
  createGovernance,
  documentOf,
  type Governance,
  type PersonName,
  refusal,
  released,
  testNow,
} from "../../testing/governance";
import { caller } from "../../testing/rest";
import { overlapSchema } from "../overlap-contract";
import { overlapSegments } from "./overlap-segments";
import { previewDocument } from "./preview-document";

const premium: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const spends = (atLeast: number): Rule => ({ attribute: "spend", operator: "at_least", value: atLeast });

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  openDatabase(world.database.url);
  const offers = { exclusiveGroup: "offers" };
  await released(world, "premium", { ...offers, precedence: 5, treatments: { pool: "gold", mail: true } });
  await released(world, "spenders", {
    ...offers,
    definition: { rule: spends(200) },
    treatments: { pool: "fast" },
    precedence: 9,
  });
  await released(world, "savers", {
    definition: { rule: { none: [spends(200)] } },
    treatments: { pool: "slow" },
    precedence: 5,
  });
  await released(world, "few", { definition: { rule: spends(390) }, treatments: {} });
  await released(world, "emptied", {});
  await killSegment(world.as("operator"), { key: "emptied", environment: "production", reason: "test" });
});
afterAll(async () => {
  await closeDatabase();
  await world.close();
});

const all = ["premium", "spenders", "savers", "few"];

function overlap(by: PersonName, segments: readonly string[] = all) {
  return overlapSegments(world.as(by), { segments, environment: "production" });
}

/** Ids of the members of each segment, as the interpreter finds them. */
async function membersBySegment(): Promise<Map<string, Set<string>>> {
  const ids = Array.from({ length: 400 }, (_, index) => `c${String(index).padStart(4, "0")}`);
  const profiles = (await Promise.all(ids.map((id) => world.engine.get(id)))).flatMap((profile) => profile ?? []);
  const members = new Map<string, Set<string>>();
  for (const key of all) {
    const live = await findLiveArtefact(world.database.db, "production", key);
    if (!live) throw new Error(`${key} is not live.`);
    const takes = compile(live.artefact.tree);
    members.set(key, new Set(profiles.filter((each) => takes(each, testNow.getTime())).map(({ id }) => id)));
  }
  return members;
}

function shared(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()) {
  const both = [...a].filter((id) => b.has(id)).length;
  return { both, jaccard: both / (a.size + b.size - both) };
}

describe("segments that are live", () => {
  test("overlap as the interpreter finds it: sizes, pairs, and who is in exactly which", async () => {
    const members = await membersBySegment();
    const answer = await overlap("support");
    expect(overlapSchema.parse(answer)).toEqual(answer);
    expect(answer.sets.map(({ key, size }) => [key, size])).toEqual(all.map((key) => [key, members.get(key)?.size]));
    expect(answer.pairs).toHaveLength(6);
    for (const { a, b, ...pair } of answer.pairs) expect(pair).toEqual(shared(members.get(a), members.get(b)));
    const exactly = Map.groupBy(new Set([...members.values()].flatMap((ids) => [...ids])), (id) =>
      all.filter((key) => members.get(key)?.has(id)).join(),
    );
    expect(new Map(answer.intersections.map(({ segments, size }) => [segments.join(), size]))).toEqual(
      new Map([...exactly].map(([segments, ids]) => [segments, ids.length])),
    );
  });

  test("conflict where they share customers and a group, or say different things about them", async () => {
    const { conflicts, pairs } = await overlap("support");
    const both = pairs.find(({ a, b }) => a === "premium" && b === "spenders")?.both;
    expect(conflicts.filter(({ segments }) => segments.join() === "spenders,premium")).toEqual([
      {
        kind: "exclusive_group",
        group: "offers",
        segments: ["spenders", "premium"],
        winner: "spenders",
        tie: false,
        customers: both,
      },
      {
        kind: "treatment",
        treatment: "pool",
        values: ["fast", "gold"],
        segments: ["spenders", "premium"],
        winner: "spenders",
        tie: false,
        customers: both,
      },
    ]);
    expect(conflicts).toContainEqual(expect.objectContaining({ segments: ["premium", "savers"], tie: true }));
    // Nobody is in both.
    expect(conflicts.some(({ segments }) => segments.join() === "spenders,savers")).toBe(false);
  });

  test("are told in whole cells to people who may not look customers up, shares among them", async () => {
    const { sets, pairs, intersections, conflicts } = await overlap("author");
    const numbers = [...sets, ...intersections].map(({ size }) => size);
    const customers = [...pairs.map(({ both }) => both), ...conflicts.map((each) => each.customers), ...numbers];
    expect(customers.filter((number) => number % 10 !== 0)).toEqual([]);
    const sizes = new Map(sets.map(({ key, size }) => [key, size]));
    for (const { a, b, both, jaccard } of pairs) {
      const either = (sizes.get(a) ?? 0) + (sizes.get(b) ?? 0) - both;
      expect(jaccard).toBe(either === 0 ? null : both / either);
    }
    expect([...intersections.map(({ size }) => size), ...conflicts.map((each) => each.customers)]).not.toContain(0);
  });

  test("that were emptied have nobody", async () => {
    expect((await overlap("support", ["premium", "emptied"])).sets[1]).toMatchObject({ key: "emptied", size: 0 });
  });

  test("are named once each", async () => {
    expect((await overlap("support", ["few", "few"])).sets).toHaveLength(1);
  });
});

describe("a comparison is refused", () => {
  test("of what is not live there, and where there is no such environment", async () => {
    expect(await refusal(overlap("support", ["premium", "unheard-of"]))).toBe("invalid not-live");
    const input = { segments: ["premium"], environment: "moon" };
    expect(await refusal(overlapSegments(world.as("support"), input))).toBe("not-found not-found");
  });
});

test("a comparison over REST takes up to 20 segments and says so", async () => {
  const ask = caller((await createToken(world.as("viewer", new Date()), { name: "test" })).secret);
  const answer = await ask("POST", "/api/v1/overlaps", { segments: ["premium", "savers"], environment: "production" });
  expect(answer).toMatchObject({ status: 200, body: { pairs: [{ a: "premium", b: "savers" }] } });
  const many = Array.from({ length: 21 }, (_, index) => `s${index}`);
  expect(await ask("POST", "/api/v1/overlaps", { segments: many })).toMatchObject({
    status: 422,
    body: { findings: [{ path: "segments", message: "At most 20 segments are compared at once." }] },
  });
});

describe("a preview", () => {
  function preview(by: PersonName, change: Record<string, unknown>) {
    return previewDocument(world.as(by), { document: documentOf("draft", change), environment: "production" });
  }

  test("says exactly with which live segments it overlaps, the most shared first", async () => {
    const members = await membersBySegment();
    const { overlaps } = await preview("support", {});
    const expected = all
      .map((key) => ({ key, members: members.get(key)?.size, ...shared(members.get("premium"), members.get(key)) }))
      .filter(({ both }) => both > 0)
      .sort((a, b) => b.both - a.both || (a.key < b.key ? -1 : 1));
    expect(overlaps).toMatchObject({ live: 4, compared: 4, items: expected });
    expect(overlaps?.items).toHaveLength(expected.length);
  });

  test("warns of an exclusive group and of ties, in whole cells, whoever reads it", async () => {
    const claims = { exclusiveGroup: "offers", precedence: 5, treatments: { pool: "blue" } };
    const [exact, told] = [await preview("support", claims), await preview("author", claims)];
    expect(told.findings).toEqual(exact.findings);
    expect(exact.findings.map(({ code, path }) => [code, path])).toEqual([
      ["exclusive-group-overlap", "exclusiveGroup"],
      ["treatment-tie", "treatments.pool"],
      ["treatment-tie", "treatments.pool"],
      ["exclusive-group-overlap", "exclusiveGroup"],
    ]);
    for (const { message } of exact.findings) expect(Number(/^([\d,]+) members/.exec(message)?.[1]) % 10).toBe(0);
  });

  test("tells an author no overlap of fewer than a cell", async () => {
    const single = { definition: { rule: { all: [premium, spends(396)] } } };
    expect((await preview("support", single)).overlaps?.items.map(({ both }) => both)).toEqual([2, 2, 2]);
    expect((await preview("author", single)).overlaps).toEqual({ live: 4, compared: 4, items: [] });
  });
});
