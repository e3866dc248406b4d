import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import type { Engine } from "../engine/engine";
import type { Rule } from "../rules/definition";
import { guarded } from "./guarded";

/** Data sets from outside, beside the checkout where they are there at all. */
const folder = join(import.meta.dirname, "../../../shared/data");
const expectedFile = join(folder, "expected-counts.json");

const datasetSchema = z.object({
  file: z.string().transform((name) => join(folder, name)),
  rows: z.number(),
  customers: z.number(),
  columns: z.array(z.string()),
  segments: z.array(
    z.object({
      ...{ id: z.string(), description: z.string(), count: z.number() },
      ...{ firstMembers: z.array(z.string()), membersSha256: z.string() },
      traps: z.record(z.string(), z.number()).default({}),
    }),
  ),
  /** By "T1 & T3", those that are not empty. */
  overlaps: z.record(z.string(), z.number()),
  unionOfAllSegments: z.number(),
});
export type Dataset = z.infer<typeof datasetSchema>;

export type DatasetName = "telco-churn" | "online-retail" | "cdnow";

/** `title` says so when the data is not there; nothing else may be asked for then. */
export function realData(name: DatasetName, title: string): { title: string; isThere: boolean; dataset: Dataset } {
  if (!existsSync(expectedFile)) {
    const nothing = { file: "", rows: 0, customers: 0, columns: [], segments: [], overlaps: {}, unionOfAllSegments: 0 };
    return { title: `${title} (not run: ../shared/data is not there)`, isThere: false, dataset: nothing };
  }
  const expected = z.object({ datasets: z.record(z.string(), z.unknown()) });
  const { datasets } = expected.parse(JSON.parse(readFileSync(expectedFile, "utf8")));
  return { title, isThere: true, dataset: datasetSchema.parse(datasets[name]) };
}

/** Rules by the id of the segment in the data set; customers live in `region`. */
export type SegmentQuestions = {
  readonly engine: Engine;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly region: string;
  readonly asOf: number;
};

/** That the segment has exactly the expected members. */
export async function expectSegment(
  { engine, rules, region, asOf }: SegmentQuestions,
  dataset: Dataset,
  { id, count, firstMembers, membersSha256 }: Dataset["segments"][number],
): Promise<void> {
  const rule = guarded(requireRule(rules, id), region);
  const counts = await engine.counts(rule, asOf);
  expect(counts).toMatchObject({ population: dataset.customers, matched: count, members: count });
  expect(await engine.count(rule, asOf)).toBe(count);
  const members: string[] = [];
  for await (const page of engine.members(rule, asOf)) members.push(...page);
  expect(members.slice(0, firstMembers.length)).toEqual(firstMembers);
  expect(createHash("sha256").update(members.join("\n")).digest("hex")).toBe(membersSha256);
}

/** That any two segments share exactly the expected number of members, and all of them together. */
export async function expectOverlaps(
  { engine, rules, region, asOf }: SegmentQuestions,
  { segments, overlaps, unionOfAllSegments, customers }: Dataset,
): Promise<void> {
  const guardedRules = segments.map(({ id }) => guarded(requireRule(rules, id), region));
  const overlap = await engine.overlap(guardedRules, asOf);
  const names = overlap.pairs.map(({ a, b, both }) => [`${segments[a]?.id} & ${segments[b]?.id}`, both] as const);
  expect(Object.fromEntries(names)).toEqual(overlaps);
  expect(overlap.sizes).toEqual(segments.map(({ count }) => count));
  expect(overlap.population).toBe(customers);
  const inSome = overlap.intersections.filter((each) => each.rules.length > 0);
  expect(inSome.reduce((sum, each) => sum + each.customers, 0)).toBe(unionOfAllSegments);
}

/** A rule that makes a common mistake gives the count that the mistake is known by. */
export async function expectTrap(
  { engine, region, asOf }: SegmentQuestions,
  { segments }: Dataset,
  [id, trap, rule]: readonly [segment: string, trap: string, rule: Rule],
): Promise<void> {
  const segment = segments.find((each) => each.id === id);
  const count = await engine.count(guarded(rule, region), asOf);
  expect(count).toBe(segment?.traps[trap]);
  expect(count).not.toBe(segment?.count);
}

function requireRule(rules: Readonly<Record<string, Rule>>, id: string): Rule {
  const rule = rules[id];
  if (!rule) throw new Error(`There is no rule for ${id}.`);
  return rule;
}
