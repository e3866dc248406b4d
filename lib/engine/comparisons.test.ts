import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../catalogue/definition";
import { type GuardedRule, guardedRule, killedRule } from "../guards/guarded-rule";
import { type ImpactCause, impactCauses, impactSteps } from "../guards/impact-steps";
import type { Profile, TreeNode } from "../rules/definition";
import { evaluate } from "../rules/evaluate";
import { anyInstant } from "../testing/condition-arbitraries";
import { testEngines } from "../testing/engines";
import { anyCatalogue, anyProfile, anyRule, purposeKeys, regionKeys } from "../testing/rule-arbitraries";
import type { ByAttribute, Impact, Overlap, Sum } from "./answers";
import type { Engine } from "./engine";
import { storableProfile } from "./storable-profile";
import { numberOf, unitsOf } from "./sum-units";

type Batch = {
  readonly catalogue: Catalogue;
  readonly rules: readonly GuardedRule[];
  readonly profiles: readonly Profile[];
  readonly asOf: number;
};

const anyBatch: fc.Arbitrary<Batch> = fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) =>
  fc
    .array(anyProfile(catalogue, asOf), { minLength: 60, maxLength: 60, size: "max" })
    .map((profiles) => profiles.map((profile, index) => ({ ...profile, id: `${profile.id}#${index}` })))
    .chain((profiles) =>
      fc.record({
        ...{ catalogue: fc.constant(catalogue), profiles: fc.constant(profiles), asOf: fc.constant(asOf) },
        rules: anyRules(catalogue, profiles, asOf),
      }),
    ),
);

/** Few rules and few guards, so that several have parts in common. */
function anyRules(catalogue: Catalogue, profiles: readonly Profile[], asOf: number): fc.Arbitrary<GuardedRule[]> {
  const entries = profiles.slice(0, 12).map(({ id }) => ({ customerId: id, reason: "" }));
  const listed = fc.oneof(fc.constant<typeof entries>([]), fc.subarray(entries, { minLength: 1 }));
  return fc.array(anyRule(catalogue, asOf), { minLength: 3, maxLength: 3 }).chain((rules) => {
    const document = fc.record({
      rule: fc.oneof(
        fc.constantFrom(...rules),
        fc.subarray(rules, { minLength: 1 }).map((all) => ({ all })),
      ),
      purposes: fc.subarray<string>([...purposeKeys], { maxLength: 1 }),
      regions: fc.subarray<string>([...regionKeys], { minLength: 2 }),
      ...{ include: listed, exclude: listed, rollout: fc.constantFrom(100, 100, 60) },
    });
    const guarded = document.map(({ purposes, regions, rollout, ...definition }) =>
      guardedRule({ key: "sample", purposes, regions, definition }, catalogue, rollout),
    );
    return fc.array(guarded, { minLength: 8, maxLength: 8, size: "max" });
  });
}

describe.each(["duckdb", "clickhouse"] as const)("%s finds what the interpreter finds customer by customer", (kind) => {
  const batches = fc.sample(anyBatch, { numRuns: kind === "duckdb" ? 8 : 3, seed: 11 });

  /** Also gives the profiles as they are stored. */
  async function withBatches(check: (engine: Engine, batch: Batch) => Promise<void>): Promise<void> {
    for (const batch of batches) {
      const engine = await testEngines[kind]();
      const attributes = [...batch.catalogue.attributes.values()];
      await engine.addAttributes(attributes);
      await engine.upsert(batch.profiles);
      const types = new Map(attributes.map(({ key, type }) => [key, type]));
      await check(engine, { ...batch, profiles: batch.profiles.map((profile) => storableProfile(profile, types)) });
      await engine.close();
    }
  }

  test("who enters and leaves, because of what, and the first of them", { timeout: 120_000 }, async () => {
    const causes = new Set<ImpactCause>();
    await withBatches(async (engine, { rules: given, profiles, asOf, catalogue }) => {
      const rules = given.flatMap((rule, index) => (index === 0 ? [killedRule(rule), rule] : rule));
      const scores = new Set([...catalogue.attributes.keys()].filter((key) => key.startsWith("number")));
      for (const [index, after] of rules.slice(1).entries()) {
        const before = rules[index] ?? after;
        const impact = await engine.impact(before, after, asOf, { samples: 3, scores });
        expect(impact).toEqual(impactOneByOne(before, after, scores, profiles, asOf));
        for (const { cause } of impact.byCause) causes.add(cause);
      }
    });
    expect([...causes].sort()).toEqual([...impactCauses].sort());
  });

  test("what numbers add up to over those who move, and over members", { timeout: 120_000 }, async () => {
    let summed = 0;
    await withBatches(async (engine, { rules, profiles, asOf, catalogue }) => {
      const sums = [...catalogue.attributes.values()].flatMap(({ key, type }) => (type === "number" ? [key] : []));
      const [before, after] = rules;
      if (!before || !after) return;
      const moved = ({ tree: from }: GuardedRule, { tree: to }: GuardedRule) =>
        profiles.filter((profile) => evaluate(to, profile, asOf) && !evaluate(from, profile, asOf));
      const members = profiles.filter((profile) => evaluate(after.tree, profile, asOf));
      const impact = await engine.impact(before, after, asOf, { sums });
      const expected = sums.map((key) => {
        const [entering, leaving] = [moved(before, after), moved(after, before)];
        return [key, { entering: sumOneByOne(key, entering), leaving: sumOneByOne(key, leaving) }];
      });
      expect(impact.sums).toEqual(Object.fromEntries(expected));
      const ofMembers = Object.fromEntries(sums.map((key) => [key, sumOneByOne(key, members)]));
      expect(await engine.sums(after, sums, asOf)).toEqual(ofMembers);
      summed += Object.values(ofMembers).filter(({ total }) => total !== 0).length;
      const text = [...catalogue.attributes.values()].find(({ type }) => type === "string")?.key ?? "";
      const refused = { code: "invalid", reason: "not-a-number" };
      await expect(engine.impact(before, after, asOf, { sums: [text] })).rejects.toMatchObject(refused);
    });
    expect(summed).toBeGreaterThan(0);
  });

  test("which customers are in several segments at once, however many", { timeout: 120_000 }, async () => {
    await withBatches(async (engine, { rules, profiles, asOf }) => {
      expect(await engine.overlap(rules, asOf)).toEqual(overlapOneByOne(rules, profiles, asOf));
      const [within, ...others] = rules;
      if (!within) return;
      const inside = profiles.filter((profile) => evaluate(within.tree, profile, asOf));
      expect(await engine.overlap(others, asOf, { within })).toEqual(overlapOneByOne(others, inside, asOf));
      const many = Array.from({ length: 8 }, () => rules).flat();
      expect(await engine.overlap(many, asOf)).toEqual(overlapOneByOne(many, profiles, asOf));
    });
  });

  test("the members by each attribute", { timeout: 120_000 }, async () => {
    await withBatches(async (engine, { rules, profiles, asOf, catalogue }) => {
      for (const rule of rules.slice(0, 2))
        for (const by of catalogue.attributes.keys()) {
          const { byAttribute, members } = await engine.counts(rule, asOf, { by });
          const taken = profiles.filter((profile) => evaluate(rule.tree, profile, asOf));
          expect(members).toBe(taken.length);
          expect(byAttribute).toEqual(splitOneByOne(by, byAttribute, taken));
        }
    });
  });

  test("no more than 64 rules are compared at once", async () => {
    const engine = await testEngines[kind]();
    const rule = batches[0]?.rules[0];
    if (!rule) return;
    const asked = engine.overlap(
      Array.from({ length: 65 }, () => rule),
      0,
    );
    await expect(asked).rejects.toMatchObject({ code: "invalid", reason: "too-many-rules" });
    await engine.close();
  });
});

function impactOneByOne(
  before: GuardedRule,
  after: GuardedRule,
  scores: ReadonlySet<string>,
  profiles: readonly Profile[],
  asOf: number,
): Impact {
  const steps = impactSteps(before, after, scores);
  const moves = profiles
    .map((profile) => {
      const holds = (tree: TreeNode) => evaluate(tree, profile, asOf);
      const verdicts = [holds(before.tree), ...steps.map(({ tree }) => holds(tree))];
      const last = verdicts.findLastIndex((verdict, index) => index > 0 && verdict !== verdicts[index - 1]);
      return { id: profile.id, was: verdicts[0], is: verdicts.at(-1), cause: steps[last - 1]?.cause ?? "rule" };
    })
    .sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));
  const entering = moves.filter(({ was, is }) => !was && is);
  const leaving = moves.filter(({ was, is }) => was && !is);
  const because = (moved: typeof moves, cause: ImpactCause) => moved.filter((move) => move.cause === cause).length;
  const sample = (moved: typeof moves) => moved.slice(0, 3).map(({ id, cause }) => ({ id, cause }));
  return {
    entering: entering.length,
    leaving: leaving.length,
    staying: moves.filter(({ was, is }) => was && is).length,
    byCause: impactCauses
      .map((cause) => ({ cause, entering: because(entering, cause), leaving: because(leaving, cause) }))
      .filter((each) => each.entering + each.leaving > 0),
    samples: { entering: sample(entering), leaving: sample(leaving) },
  };
}

function sumOneByOne(key: string, customers: readonly Profile[]): Sum {
  const units = customers.map(({ attributes: { [key]: value } }) => (typeof value === "number" ? unitsOf(value) : 0n));
  const sizes = units.map((each) => (each < 0n ? -each : each));
  return {
    total: numberOf(units.reduce((sum, each) => sum + each, 0n)),
    size: numberOf(sizes.reduce((sum, each) => sum + each, 0n)),
    greatest: numberOf(sizes.toSorted((a, b) => (a < b ? 1 : -1))[0] ?? 0n),
  };
}

function overlapOneByOne(rules: readonly GuardedRule[], profiles: readonly Profile[], asOf: number): Overlap {
  const takers = profiles.map((profile) =>
    rules.flatMap(({ tree }, index) => (evaluate(tree, profile, asOf) ? [index] : [])),
  );
  const inAll = (wanted: readonly number[]) =>
    takers.filter((each) => wanted.every((index) => each.includes(index))).length;
  const exactly = Map.groupBy(takers, (each) => JSON.stringify(each));
  const mask = (each: readonly number[]) => each.reduce((bits, index) => bits | (1n << BigInt(index)), 0n);
  return {
    population: profiles.length,
    sizes: rules.map((_, a) => inAll([a])),
    pairs: rules.flatMap((_, a) =>
      rules.flatMap((_, b) => (a < b && inAll([a, b]) > 0 ? [{ a, b, both: inAll([a, b]) }] : [])),
    ),
    intersections: [...exactly.values()]
      .map((alike) => ({ rules: alike[0] ?? [], customers: alike.length }))
      .sort((a, b) => b.customers - a.customers || (mask(a.rules) < mask(b.rules) ? -1 : 1)),
  };
}

/** Ranges are taken as they were found, if there are ten at most that follow upon one another; what they hold is counted. */
function splitOneByOne(attribute: string, found: ByAttribute | undefined, members: readonly Profile[]): ByAttribute {
  const values = members.map(({ attributes }) => attributes[attribute]);
  const missing = values.filter((value) => value === undefined).length;
  const ranges = found?.groups.flatMap((group) => ("from" in group ? [group] : [])) ?? [];
  if (values.some((value) => typeof value === "number")) {
    expect(ranges.length).toBeLessThanOrEqual(10);
    const groups = ranges.map(({ from, to }, index) => {
      expect(from).toBe(index === 0 ? from : ranges[index - 1]?.to);
      const isLast = index === ranges.length - 1;
      const held = values.filter((x) => typeof x === "number" && from <= x && (x < to || (isLast && x === to)));
      return { from, to, members: held.length };
    });
    return { attribute, groups, other: 0, missing };
  }
  const counted = new Map<string, number>();
  for (const value of values)
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [String(value)])
      counted.set(each, (counted.get(each) ?? 0) + 1);
  const groups = [...counted]
    .map(([value, number]) => ({ value, members: number }))
    .sort((a, b) => b.members - a.members || (a.value < b.value ? -1 : 1))
    .slice(0, 20);
  const named = new Set(groups.map(({ value }) => value));
  const isNamed = (value: Profile["attributes"][string]) =>
    Array.isArray(value) ? value.some((each) => named.has(each)) : named.has(String(value));
  const other = values.filter((value) => value !== undefined && !isNamed(value)).length;
  return { attribute, groups, other, missing };
}
