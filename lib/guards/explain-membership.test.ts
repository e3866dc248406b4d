import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogueOf } from "../catalogue/definition";
import type { Profile, Rule } from "../rules/definition";
import { evaluate } from "../rules/evaluate";
import { rolloutBucket } from "../rules/rollout-bucket";
import type { ListEntry } from "../segments/document";
import { anyRuleCase } from "../testing/rule-arbitraries";
import { explainMembership, type MembershipReason } from "./explain-membership";
import { type GuardedRule, guardedRule } from "./guarded-rule";

const catalogue = catalogueOf({
  purposes: [
    { key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" },
    { key: "billing", name: "Billing", lawfulBasis: "contract", description: "" },
  ],
});
const asOf = Date.parse("2026-06-01T00:00:00Z");
const premium: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const rich: Rule = { attribute: "spend", operator: "at_least", value: 100 };

function guarded(
  more: { include?: ListEntry[]; exclude?: ListEntry[]; rollout?: number; rule?: Rule } = {},
): GuardedRule {
  const { include = [], exclude = [], rollout, rule = { all: [premium, rich] } } = more;
  const definition = { rule, include, exclude };
  return guardedRule({ key: "s", purposes: ["marketing", "billing"], regions: ["eu"], definition }, catalogue, rollout);
}

const member: Profile = {
  id: "c_1",
  region: "eu",
  consents: ["marketing"],
  objections: [],
  attributes: { plan: "premium", spend: 100 },
};
const entry = (expiresAt?: string): ListEntry => ({
  customerId: "c_1",
  reason: "",
  ...(expiresAt ? { expiresAt } : {}),
});
const expired = entry("2026-06-01T00:00:00Z");
const bucketPercent = rolloutBucket("s", "c_1") / 100;

type Row = [
  title: string,
  rule: GuardedRule,
  profile: Profile,
  decidedBy: MembershipReason["decidedBy"],
  isMember: boolean,
];
const rows: Row[] = [
  ["the rule takes", guarded(), member, "rule", true],
  ["the rule refuses", guarded(), { ...member, attributes: {} }, "rule", false],
  ["no consent, no membership", guarded({ include: [entry()] }), { ...member, consents: [] }, "guard", false],
  ["an objection to what needs no consent", guarded(), { ...member, objections: ["billing"] }, "guard", false],
  [
    "an objection to what rests on consent says nothing",
    guarded(),
    { ...member, objections: ["marketing"] },
    "rule",
    true,
  ],
  ["another region", guarded(), { ...member, region: "us" }, "guard", false],
  ["no region", guarded(), { ...member, region: undefined }, "guard", false],
  [
    "the exclude list comes before the include list",
    guarded({ include: [entry()], exclude: [entry()] }),
    member,
    "exclude",
    false,
  ],
  [
    "the include list comes before the rule",
    guarded({ include: [entry()] }),
    { ...member, attributes: {} },
    "include",
    true,
  ],
  ["the include list comes before the rollout", guarded({ include: [entry()], rollout: 0 }), member, "include", true],
  ["an expired exclusion is none", guarded({ exclude: [expired] }), member, "rule", true],
  ["an expired inclusion is none", guarded({ include: [expired] }), { ...member, attributes: {} }, "rule", false],
  ["the rollout has not come so far", guarded({ rollout: bucketPercent }), member, "rollout", false],
  ["the rollout has come so far", guarded({ rollout: bucketPercent + 0.01 }), member, "rule", true],
];

describe("the first that speaks decides", () => {
  test.each(rows)("%s", (_title, rule, profile, decidedBy, isMember) => {
    expect(explainMembership(rule, profile, asOf)).toMatchObject({ decidedBy, member: isMember });
    expect(evaluate(rule.tree, profile, asOf)).toBe(isMember);
  });
});

test("each guard is told with what it asks for", () => {
  expect(explainMembership(guarded(), { ...member, consents: [] }, asOf).guards).toEqual([
    { kind: "consent", purpose: "marketing", holds: false },
    { kind: "objection", purpose: "billing", holds: true },
    { kind: "region", regions: ["eu"], holds: true },
  ]);
});

test("a near miss is named only where one condition of the rule alone keeps the customer out", () => {
  const poor = { ...member, attributes: { plan: "premium", spend: 99 } };
  expect(explainMembership(guarded(), poor, asOf).nearMiss).toMatchObject({ node: rich, actual: 99 });
  expect(explainMembership(guarded(), { ...poor, consents: [] }, asOf)).not.toHaveProperty("nearMiss");
  expect(explainMembership(guarded(), { ...member, attributes: {} }, asOf)).not.toHaveProperty("nearMiss");
});

test("for every rule and customer the reason ends in the verdict of the guarded tree", () => {
  const anyLists = fc.record({ include: fc.boolean(), exclude: fc.boolean(), rollout: fc.constantFrom(0, 30, 100) });
  fc.assert(
    fc.property(anyRuleCase, anyLists, ({ rule, profiles, asOf: instant, catalogue: generated }, lists) => {
      const [first] = profiles;
      const entries = [{ customerId: first?.id ?? "", reason: "" }];
      const definition = { rule, include: lists.include ? entries : [], exclude: lists.exclude ? entries : [] };
      const document = { key: "s", purposes: ["marketing", "billing"], regions: ["eu", "uk"], definition };
      const joined = guardedRule(document, generated, lists.rollout);
      for (const profile of profiles)
        expect(explainMembership(joined, profile, instant).member).toBe(evaluate(joined.tree, profile, instant));
    }),
    { numRuns: 500 },
  );
});
