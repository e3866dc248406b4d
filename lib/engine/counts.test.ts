import fc from "fast-check";
import { expect, test } from "vitest";
import type { Catalogue } from "../catalogue/definition";
import { type GuardedRule, guardedRule } from "../guards/guarded-rule";
import { childrenOf, groupKindOf, type Profile, type Rule, type RulePath } from "../rules/definition";
import { evaluate } from "../rules/evaluate";
import { anyInstant } from "../testing/condition-arbitraries";
import { testEngines } from "../testing/engines";
import { anyCatalogue, anyProfile, anyRule } from "../testing/rule-arbitraries";
import type { Counts, FunnelStep } from "./answers";
import { storableProfile } from "./storable-profile";

const anySegment = fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) =>
  fc.record({
    catalogue: fc.constant(catalogue),
    rules: fc.array(anyRule(catalogue, asOf), { minLength: 12, maxLength: 12, size: "max" }),
    purposes: fc.subarray(["marketing", "billing", "unheard_of"]),
    regions: fc.subarray(["eu", "uk", "us", "mars"]),
    rollout: fc.constantFrom(100, 100, 50, 0.01, 0),
    profiles: fc
      .array(anyProfile(catalogue, asOf), { minLength: 80, maxLength: 80, size: "max" })
      .map((profiles) => profiles.map((profile, index) => ({ ...profile, id: `${profile.id}#${index}` }))),
    asOf: fc.constant(asOf),
  }),
);

test.each([
  ["duckdb", 12],
  ["clickhouse", 3],
] as const)(
  "every number of a preview in %s is what the interpreter finds customer by customer",
  { timeout: 60_000 },
  async (kind, numRuns) => {
    for (const sample of fc.sample(anySegment, { numRuns, seed: 7 })) {
      const engine = await testEngines[kind]();
      await engine.addAttributes([...sample.catalogue.attributes.values()]);
      await engine.upsert(sample.profiles);
      const types = new Map([...sample.catalogue.attributes].map(([key, { type }]) => [key, type]));
      const profiles = sample.profiles.map((profile) => storableProfile(profile, types));
      const listed = (from: number, to: number) =>
        profiles.slice(from, to).map(({ id }) => ({ customerId: id, reason: "" }));
      for (const rule of sample.rules) {
        const guarded = guardedSample(sample, rule, listed);
        const counts = await engine.counts(guarded, sample.asOf);
        expect(counts).toEqual(countedOneByOne(guarded, rule, profiles, sample.asOf));
        expect(await engine.count(guarded, sample.asOf)).toBe(counts.members);
        const { matched, included, excluded, denied, members } = counts;
        if (sample.rollout === 100)
          expect(members + excluded + denied.consent + denied.region).toBeGreaterThanOrEqual(matched);
        expect(included).toBeLessThanOrEqual(members);
      }
      await engine.close();
    }
  },
);

function guardedSample(
  sample: { catalogue: Catalogue; purposes: string[]; regions: string[]; rollout: number; asOf: number },
  rule: Rule,
  listed: (from: number, to: number) => { customerId: string; reason: string }[],
): GuardedRule {
  const expired = { expiresAt: new Date(sample.asOf).toISOString() };
  const alive = { expiresAt: new Date(sample.asOf + 1).toISOString() };
  const definition = {
    rule,
    include: [...listed(0, 20), ...listed(20, 25).map((entry) => ({ ...entry, ...expired }))],
    exclude: [
      ...listed(15, 30).map((entry) => ({ ...entry, ...alive })),
      ...listed(30, 40).map((entry) => ({ ...entry, ...expired })),
    ],
  };
  const { purposes, regions } = sample;
  return guardedRule({ key: "sample", purposes, regions, definition }, sample.catalogue, sample.rollout);
}

function countedOneByOne(guarded: GuardedRule, rule: Rule, profiles: readonly Profile[], asOf: number): Counts {
  const holds = (tree: Rule | GuardedRule["tree"] | undefined, profile: Profile) =>
    tree !== undefined && evaluate(tree, profile, asOf);
  const number = (test: (profile: Profile) => boolean) => profiles.filter(test).length;
  const chosen = (profile: Profile) => holds(rule, profile) && (!guarded.rollout || holds(guarded.rollout, profile));
  const claimed = (profile: Profile) => holds(guarded.include, profile) || chosen(profile);
  const excluded = (profile: Profile) => holds(guarded.exclude, profile);
  const isRegion = (guard: GuardedRule["tree"]) => "guard" in guard && guard.guard === "region";
  const consents = (profile: Profile) =>
    guarded.guards.filter((each) => !isRegion(each)).every((each) => holds(each, profile));
  const resides = (profile: Profile) => guarded.guards.filter(isRegion).every((each) => holds(each, profile));
  const member = (profile: Profile) => holds(guarded.tree, profile);
  const regions = [...new Set(profiles.flatMap(({ region }) => region ?? []))];
  return {
    population: profiles.length,
    matched: number((profile) => holds(rule, profile)),
    included: number((profile) => member(profile) && !chosen(profile)),
    excluded: number((profile) => claimed(profile) && excluded(profile)),
    denied: {
      consent: number((profile) => claimed(profile) && !excluded(profile) && !consents(profile)),
      region: number((profile) => claimed(profile) && !excluded(profile) && consents(profile) && !resides(profile)),
    },
    lost: guarded.guards.map((guard, index) => ({
      ...lossOf(guard),
      customers: number(
        (profile) =>
          claimed(profile) &&
          !excluded(profile) &&
          guarded.guards.slice(0, index).every((each) => holds(each, profile)) &&
          !holds(guard, profile),
      ),
    })),
    members: number(member),
    byRegion: regions
      .map((region) => ({ region, members: number((profile) => member(profile) && profile.region === region) }))
      .filter(({ members }) => members > 0)
      .sort((a, b) => b.members - a.members || (a.region < b.region ? -1 : 1)),
    funnel: funnelOneByOne(
      rule,
      [],
      [],
      (test) => number((profile) => test.every((each) => holds(each, profile))),
      profiles,
    ),
  };
}

function lossOf(guard: GuardedRule["tree"]): Pick<Counts["lost"][number], "guard" | "purpose"> {
  if ("none" in guard) return { ...lossOf(guard.none[0] ?? guard) };
  if ("guard" in guard && (guard.guard === "consent" || guard.guard === "objection"))
    return { guard: guard.guard, purpose: guard.purpose };
  return { guard: "region" };
}

function funnelOneByOne(
  rule: Rule,
  path: RulePath,
  earlier: readonly Rule[],
  number: (all: readonly Rule[]) => number,
  profiles: readonly Profile[],
): FunnelStep[] {
  const attribute = "attribute" in rule ? rule.attribute : undefined;
  const missing = profiles.filter((profile) => attribute !== undefined && !(attribute in profile.attributes)).length;
  const own = { path, alone: number([rule]), cumulative: number([...earlier, rule]), missing };
  const kind = groupKindOf(rule);
  const below = childrenOf(rule).flatMap((child, index) => {
    const siblings = kind === "all" ? childrenOf(rule).slice(0, index) : [];
    return funnelOneByOne(child, [...path, kind ?? "", index], [...earlier, ...siblings], number, profiles);
  });
  return [own, ...below];
}
