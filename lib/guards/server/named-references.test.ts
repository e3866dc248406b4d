import { afterAll, beforeAll, expect, test } from "vitest";
import type { ResolvedList, ResolvedSegment, Rule } from "../../rules/definition";
import { createWorld, testActor, type World } from "../../testing/feed-fixture";
import { namedReferences } from "./named-references";

const pro: Rule = { attribute: "plan", operator: "equals", value: "pro" };
const onPress: ResolvedList = { list: "press", operator: "listed", version: 1, entries: [{ customerId: "1" }] };
const inPayers: ResolvedSegment = { segment: "payers", operator: "member", version: 1, rule: pro };
let world: World;

beforeAll(async () => {
  world = await createWorld();
  await world.release({ key: "payers", rule: pro });
  await world.release({ key: "guests", rule: { all: [inPayers, onPress] } });
  await world.release({ key: "payers", rule: pro });
  const version = { mode: "replace", size: 0, entries: [], contentHash: "", createdById: testActor.id };
  await world.db.managedList.create({
    data: { key: "press", name: "Press", versions: { create: [1, 2, 3].map((number) => ({ ...version, number })) } },
  });
});
afterAll(() => world.close());

test("a reference is told with the version that is live and the one that the release stands on", async () => {
  const rule: Rule = {
    any: [
      { segment: "payers", operator: "not_member" },
      { list: "press", operator: "listed" },
    ],
  };
  expect(await namedReferences(world.db, [rule], "guests")).toEqual([
    { kind: "segment", key: "payers", name: "payers", newest: 2, pinned: 1 },
    { kind: "list", key: "press", name: "Press", newest: 3, pinned: 1 },
  ]);
});

test("what does not exist, or is not referred to yet, has no version", async () => {
  const rules: Rule[] = [
    { list: "gone", operator: "listed" },
    { list: "press", operator: "listed" },
  ];
  expect(await namedReferences(world.db, rules, "payers")).toEqual([
    { kind: "list", key: "gone", name: "gone", newest: null, pinned: null },
    { kind: "list", key: "press", name: "Press", newest: 3, pinned: null },
  ]);
});
