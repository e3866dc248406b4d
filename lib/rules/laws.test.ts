import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRuleCase } from "../testing/rule-arbitraries";
import { childrenOf, groupKindOf, type Rule } from "./definition";
import { compile, evaluate } from "./evaluate";
import { group } from "./group";

function reversed(rule: Rule): Rule {
  const kind = groupKindOf(rule);
  return kind === undefined ? rule : group(kind, childrenOf(rule).map(reversed).reverse());
}

function not(rule: Rule): Rule {
  return { none: [rule] };
}

/** The rule with every group rewritten by De Morgan: `all` as "not any not", `any` as "not all not". */
function rewritten(rule: Rule): Rule {
  const kind = groupKindOf(rule);
  if (kind === undefined) return rule;
  const children = childrenOf(rule).map(rewritten);
  if (kind === "all") return { none: children.map(not) };
  return kind === "none" ? { all: children.map(not) } : not({ all: children.map(not) });
}

describe("for every rule, customer and instant", () => {
  const laws: [title: string, rewrite: (rule: Rule) => Rule][] = [
    ["the order of children never matters", reversed],
    ["all, any and none obey De Morgan", rewritten],
    ["denying twice is affirming", (rule) => not(not(rule))],
    ["a group of one is its child", (rule) => ({ all: [{ any: [rule] }] })],
  ];
  test.each(laws)("%s", (_title, rewrite) => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, profiles, asOf }) => {
        const [as, is] = [compile(rewrite(rule)), compile(rule)];
        for (const profile of profiles) expect(as(profile, asOf)).toBe(is(profile, asOf));
      }),
      { numRuns: 1_000 },
    );
  });

  test("evaluating changes neither rule nor customer, and gives the same answer again", () => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, profiles, asOf }) => {
        const before = structuredClone({ rule, profiles });
        const first = profiles.map((profile) => evaluate(rule, profile, asOf));
        expect(profiles.map((profile) => evaluate(rule, profile, asOf))).toEqual(first);
        expect({ rule, profiles }).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});
