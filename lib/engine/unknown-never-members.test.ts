import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogueOf } from "../catalogue/definition";
import { type GuardedRule, guardedRule } from "../guards/guarded-rule";
import type { Profile } from "../rules/definition";
import { compile } from "../rules/evaluate";
import { anyInstant } from "../testing/condition-arbitraries";
import { testEngines } from "../testing/engines";
import { anyCatalogue, anyProfile, anyRule, regionKeys } from "../testing/rule-arbitraries";
import { runCel, runFlagd, runJsonLogic } from "../testing/rule-runners";

type Case = {
  readonly attributes: ReturnType<typeof catalogueOf>["attributes"];
  readonly rules: readonly GuardedRule[];
  readonly profiles: readonly Profile[];
  readonly asOf: number;
};

const purposes = catalogueOf({
  purposes: [
    { key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" },
    { key: "service", name: "Service", lawfulBasis: "contract", description: "" },
  ],
}).purposes;

/** Of every eight customers one is known in full; of the others region, consent or both are unknown, or withdrawn. */
function known(profile: Profile, index: number): Profile {
  const { region: _, ...nowhere } = profile;
  const id = `${profile.id}#${index}`;
  if (index % 8 === 0) return { ...nowhere, id, region: "eu", consents: ["marketing"], objections: [] };
  const consents = index % 2 === 0 ? ["marketing"] : [];
  const objections = index % 8 === 6 ? ["marketing", "service"] : [];
  return { ...nowhere, id, consents, objections, ...(index % 4 === 3 ? { region: "eu" } : {}) };
}

const isKnown = ({ region, consents, objections }: Profile) =>
  region !== undefined && consents.includes("marketing") && objections.length === 0;

/** Rules of any kind; every second one also takes everybody by hand. */
const anyCase: fc.Arbitrary<Case> = fc.tuple(anyCatalogue, anyInstant).chain(([{ attributes }, asOf]) => {
  const catalogue = { ...catalogueOf({}), attributes };
  return fc
    .array(anyProfile(catalogue, asOf), { minLength: 24, maxLength: 24, size: "max" })
    .map((drawn) => drawn.map(known))
    .chain((profiles) => {
      const everybody = profiles.map(({ id }) => ({ customerId: id, reason: "" }));
      return fc.array(anyRule(catalogue, asOf), { minLength: 6, maxLength: 6, size: "max" }).map((rules) => ({
        ...{ attributes, profiles, asOf },
        rules: rules.map((rule, index) =>
          guardedRule(
            {
              ...{ key: "s", purposes: ["marketing", "service"], regions: [...regionKeys] },
              definition: { rule, include: index % 2 === 0 ? everybody : [], exclude: [] },
            },
            { purposes },
          ),
        ),
      }));
    });
});

type Evaluator = (given: Case) => Promise<readonly (readonly string[])[]>;

/** Members by a function of one profile at a time. */
function oneByOne(run: (tree: GuardedRule["tree"]) => (profile: Profile, asOf: number) => boolean): Evaluator {
  return async ({ rules, profiles, asOf }) =>
    rules.map(({ tree }) => {
      const takes = run(tree);
      return profiles.filter((profile) => takes(profile, asOf)).map(({ id }) => id);
    });
}

function byEngine(kind: keyof typeof testEngines): Evaluator {
  return async ({ attributes, rules, profiles, asOf }) => {
    const engine = await testEngines[kind]();
    await engine.addAttributes([...attributes.values()]);
    await engine.upsert(profiles);
    const members: string[][] = [];
    for (const rule of rules) {
      const ids: string[] = [];
      for await (const page of engine.members(rule, asOf)) ids.push(...page);
      members.push(ids);
    }
    await engine.close();
    return members;
  };
}

describe.each<[string, Evaluator, number]>([
  ["the interpreter", oneByOne(compile), 60],
  ["DuckDB", byEngine("duckdb"), 6],
  ["ClickHouse", byEngine("clickhouse"), 2],
  ["JsonLogic", oneByOne(runJsonLogic), 60],
  ["flagd", oneByOne((tree) => runFlagd(tree)), 20],
  ["CEL", oneByOne(runCel), 60],
])("by %s", (_name, evaluate, numRuns) => {
  test("nobody is a member whose consent or region is unknown, whatever the rule and whoever listed them", {
    timeout: 120_000,
  }, async () => {
    for (const given of fc.sample(anyCase, { numRuns, seed: 7 })) {
      const unknown = new Set(given.profiles.filter((profile) => !isKnown(profile)).map(({ id }) => id));
      const everybodyKnown = given.profiles.filter(isKnown).map(({ id }) => id);
      expect(unknown.size).toBe(21);
      for (const [index, members] of (await evaluate(given)).entries()) {
        expect(members.filter((id) => unknown.has(id))).toEqual([]);
        if (index % 2 === 0) expect([...members].sort()).toEqual(everybodyKnown.sort());
      }
    }
  });
});
