import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../catalogue/definition";
import type { Profile, Rule } from "../rules/definition";
import { compile, evaluate } from "../rules/evaluate";
import type { DocumentVocabulary } from "../rules/vocabulary";
import { anyInstant } from "../testing/condition-arbitraries";
import { anyCatalogue, anyProfile, anyRule } from "../testing/rule-arbitraries";
import { type GuardedRule, guardedRule } from "./guarded-rule";
import { type ImpactCause, type ImpactStep, impactSteps } from "./impact-steps";

type Draft = {
  readonly rule: Rule;
  readonly purposes: string[];
  readonly regions: string[];
  readonly include: string[];
  readonly exclude: string[];
  /** The version of the list "vip", to which rules refer: customer n is on it when bit n of the version is set. */
  readonly vip: number;
  readonly rollout: number;
  readonly archived?: boolean;
};
type World = {
  readonly catalogue: Catalogue;
  readonly asOf: number;
  readonly drafts: readonly [Draft, Draft];
  readonly profiles: readonly Profile[];
};

const scores = new Set(["number_first"]);

function guardedOf(draft: Draft, { catalogue, profiles }: World): GuardedRule {
  const listed = profiles.filter((_, index) => (draft.vip >> index) % 2 === 1);
  const entries = listed.map(({ id }) => ({ customerId: id }));
  const vocabulary: DocumentVocabulary = {
    ...catalogue,
    lists: new Map([["vip", { name: "VIP", content: { version: draft.vip, entries } }]]),
  };
  const byHand = (ids: string[]) => ids.map((customerId) => ({ customerId, reason: "" }));
  const definition = { rule: draft.rule, include: byHand(draft.include), exclude: byHand(draft.exclude) };
  const { purposes, regions } = draft;
  const standing = draft.archived ? ({ state: "archived", notice: "Gone." } as const) : undefined;
  return guardedRule({ key: "s", purposes, regions, definition, standing }, vocabulary, draft.rollout);
}

const anyWorld: fc.Arbitrary<World> = fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) =>
  fc
    .uniqueArray(anyProfile(catalogue, asOf), { selector: ({ id }) => id, minLength: 4, maxLength: 12 })
    .chain((profiles) => {
      const some = fc.subarray(profiles.map(({ id }) => id));
      const rule = anyRule(catalogue, asOf, 2).map(
        (inner): Rule => ({ any: [inner, { list: "vip", operator: "listed" }] }),
      );
      const draft: fc.Arbitrary<Draft> = fc.record({
        rule,
        purposes: fc.subarray<string>(["marketing", "billing"]),
        regions: fc.subarray<string>(["eu", "uk", "us"], { minLength: 1 }),
        ...{ include: some, exclude: some, vip: fc.nat(2 ** profiles.length - 1) },
        rollout: fc.constantFrom(50, 100),
      });
      return fc.record(
        {
          catalogue: fc.constant(catalogue),
          asOf: fc.constant(asOf),
          drafts: fc.tuple(draft, draft),
          profiles: fc.constant(profiles),
        },
        { noNullPrototype: true },
      );
    }),
);

function stepsOf(before: Draft, after: Draft, world: World) {
  const [was, is] = [guardedOf(before, world), guardedOf(after, world)];
  return { was, is, steps: impactSteps(was, is, scores) };
}

/** The last step that changed the verdict about the customer; undefined when none did. */
function causeOf(was: GuardedRule, steps: readonly ImpactStep[], profile: Profile, asOf: number) {
  let verdict = evaluate(was.tree, profile, asOf);
  let cause: ImpactCause | undefined;
  for (const step of steps) {
    const next = evaluate(step.tree, profile, asOf);
    if (next !== verdict) cause = step.cause;
    verdict = next;
  }
  return cause;
}

test("the last tree is that of the rule after, so whoever moves has a cause", () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const { was, is, steps } = stepsOf(...world.drafts, world);
      expect(steps.at(-1)?.tree).toEqual(is.tree);
      const [takenBefore, takenAfter] = [compile(was.tree), compile(is.tree)];
      for (const profile of world.profiles)
        if (takenBefore(profile, world.asOf) !== takenAfter(profile, world.asOf))
          expect(causeOf(was, steps, profile, world.asOf)).toBeDefined();
    }),
  );
});

type Change = (before: Draft, after: Draft) => readonly [Draft, Draft];

/** Nobody moves on the way, or because of `cause` alone. */
function onlyMovesBy(cause: ImpactCause | undefined, change: Change): void {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const { was, steps } = stepsOf(...change(...world.drafts), world);
      for (const profile of world.profiles)
        expect([undefined, cause]).toContain(causeOf(was, steps, profile, world.asOf));
    }),
  );
}

test("where nothing changes, nobody moves on the way", () => {
  onlyMovesBy(undefined, (before) => [before, before]);
});

/** The rule with one more condition, on the score or not. */
function and(draft: Draft, condition: Rule): Draft {
  return { ...draft, rule: { all: [draft.rule, condition] } };
}
const likely = (atLeast: number): Rule => ({ attribute: "number_first", operator: "at_least", value: atLeast });
const other: Rule = { attribute: "boolean_first", operator: "equals", value: true };

test("nobody is a member of an archived segment", () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const { is } = stepsOf(world.drafts[0], { ...world.drafts[1], archived: true }, world);
      for (const profile of world.profiles) expect(evaluate(is.tree, profile, world.asOf)).toBe(false);
    }),
  );
});

describe("what alone has changed is the cause of every move", () => {
  const changes: readonly [string, ImpactCause, Change][] = [
    ["purposes", "consent", (before, { purposes }) => [before, { ...before, purposes }]],
    ["regions", "region", (before, { regions }) => [before, { ...before, regions }]],
    ["the include list", "list", (before, { include }) => [before, { ...before, include }]],
    ["the exclude list", "list", (before, { exclude }) => [before, { ...before, exclude }]],
    ["what a managed list holds", "list", (before, { vip }) => [before, { ...before, vip }]],
    ["the bound of a score", "score", (before) => [and(before, likely(1)), and(before, likely(0))]],
    ["a condition on neither list nor score", "rule", (before) => [and(before, other), before]],
    [
      "a group around lists and scores",
      "rule",
      (before) => [and(before, likely(0)), { ...before, rule: { none: [and(before, likely(0)).rule] } }],
    ],
    ["an archive, whatever else", "standing", (before, after) => [before, { ...after, archived: true }]],
    ["a restore, whatever else", "standing", (before, after) => [{ ...before, archived: true }, after]],
    [
      "the rollout",
      "rule",
      (before) => [
        { ...before, rollout: 100 },
        { ...before, rollout: 50 },
      ],
    ],
  ];
  test.each(changes)("%s", (_what, cause, change) => onlyMovesBy(cause, change));
});

test("a list that is put beside the rule instead of among its demands moves nobody by itself", () => {
  const vip: Rule = { list: "vip", operator: "listed" };
  onlyMovesBy("rule", (before) => [
    { ...before, rule: { all: [other, vip] } },
    { ...before, rule: { all: [{ any: [other, vip] }] } },
  ]);
});
