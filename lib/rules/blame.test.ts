import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCatalogue, anyRule } from "../testing/rule-arbitraries";
import { blameByPath, blameRule } from "./blame";
import { childrenOf, type GroupKind, groupKindOf, type Rule } from "./definition";
import { group } from "./group";
import { ruleText } from "./rule-text";

const at = (attribute: string, value: number): Rule => ({ attribute, operator: "at_least", value });
const [spend, churn] = [at("spend", 1), at("churn", 1)];

function blamed(...line: Rule[]): Record<string, number> {
  return Object.fromEntries(blameByPath(blameRule(line)));
}

describe("a condition is blamed on the rule that made it what it is", () => {
  test("the first that had it, however its siblings changed since", () => {
    expect(blamed({ all: [spend] }, { all: [churn, spend] }, { all: [churn, spend, at("late", 1)] })).toMatchObject({
      "all[0]": 1,
      "all[1]": 0,
      "all[2]": 2,
    });
  });

  test("the one that changed its value", () => {
    expect(blamed({ all: [spend] }, { all: [at("spend", 2)] })).toMatchObject({ "all[0]": 1 });
  });

  test("the one that brought it back after it had gone", () => {
    expect(blamed({ all: [spend, churn] }, { all: [spend] }, { all: [spend, churn] })).toMatchObject({
      "all[0]": 0,
      "all[1]": 2,
    });
  });

  test("the one that put it under a group of another kind", () => {
    expect(blamed({ all: [spend, churn] }, { all: [spend, { none: [churn] }] })).toMatchObject({
      "all[0]": 0,
      "all[1].none[0]": 1,
    });
  });

  test("and a group on the last that changed what is in it", () => {
    const line: Rule[] = [{ all: [spend, { any: [churn] }] }, { all: [spend, { any: [churn, at("late", 1)] }] }];
    expect(blamed(...line)).toEqual({ "": 1, "all[0]": 0, "all[1]": 1, "all[1].any[0]": 0, "all[1].any[1]": 1 });
    expect(blamed({ all: [spend, churn] }, { all: [churn, spend] })[""]).toBe(0);
  });
});

/** A line of rules, each an edit of the one before. */
const anyLine = anyCatalogue.chain((catalogue) => {
  const child = anyRule(catalogue, 0, 1);
  return fc
    .array(child, { minLength: 1, maxLength: 6 })
    .chain((pool) =>
      fc.array(fc.tuple(fc.constantFrom<GroupKind>("all", "any"), fc.shuffledSubarray(pool)), {
        minLength: 1,
        maxLength: 8,
      }),
    )
    .map((line) => line.map(([kind, children]) => group(kind, children)));
});

test("every condition is blamed on a rule of the line that contains it and whose predecessor lacks it", () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const newest = line.at(-1);
      const found = newest ? blameRule(line) : [];
      expect(found.length).toBe(newest ? nodesIn(newest).length : 0);
      for (const [index, { since }] of found.entries()) {
        const node = newest && nodesIn(newest)[index];
        if (node === undefined || node.isGroup) continue;
        const has = (at: number) => nodesIn(line[at] ?? { all: [] }).some((each) => each.identity === node.identity);
        expect(line.slice(since).every((_, offset) => has(since + offset))).toBe(true);
        expect(since === 0 || !has(since - 1)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

function nodesIn(rule: Rule, above = ""): { identity: string; isGroup: boolean }[] {
  const kind = groupKindOf(rule);
  if (kind === undefined) return [{ identity: `${above}${ruleText(rule)}`, isGroup: false }];
  return [
    { identity: above, isGroup: true },
    ...childrenOf(rule).flatMap((child) => nodesIn(child, `${above}${kind} `)),
  ];
}
