import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCatalogue, anyRule } from "../testing/rule-arbitraries";
import { checkStructure } from "./check-structure";
import { childrenOf, groupKinds, type Rule } from "./definition";
import { group } from "./group";
import { mergeRules } from "./merge-rules";
import { isSameRule, ruleText } from "./rule-text";

const at = (attribute: string, value: number): Rule => ({ attribute, operator: "at_least", value });
const all = (...rules: Rule[]): Rule => ({ all: rules });
const [a, b, c, d] = [at("a", 1), at("b", 1), at("c", 1), at("d", 1)];

describe("a rule that two sides changed", () => {
  const cases: [string, Rule, Rule, Rule, Rule | null][] = [
    [
      "takes one side's value and the other's new condition",
      all(a, b),
      all(at("a", 2), b),
      all(a, b, c),
      all(at("a", 2), b, c),
    ],
    ["takes new conditions of both, the live one first", all(a), all(a, b), all(a, c), all(a, b, c)],
    ["takes a condition once that both added", all(a), all(a, b), all(a, b, c), all(a, b, c)],
    ["loses what one side removed", all(a, b), all(b), all(a, b, c), all(b, c)],
    ["is chosen where both changed one condition", all(a, b), all(at("a", 2), b), all(at("a", 3), b), null],
    ["is chosen where one changed what the other removed", all(a, b), all(b), all(at("a", 2), b), null],
    ["is chosen where a side moved a condition", all(a, b, c), all(b, c, a), all(b, c), null],
    [
      "is chosen where a condition became what another one was",
      all(at("a", 2), at("a", 3)),
      all(at("a", 0), at("a", 2)),
      all(at("a", 0), at("a", 3)),
      null,
    ],
    ["is chosen where the same condition stands twice", all(a, a, b), all(a, b), all(a, a, b, c), null],
    ["is chosen where one side changed the group itself", all(a, b), { any: [a, b] }, all(a, b, c), null],
    ["is chosen where nothing would be left", all(a, b), all(a), all(b), null],
    ["is chosen where it is one condition", a, at("a", 2), at("a", 3), null],
    [
      "merges nested groups as wholes",
      all(a, { any: [b, c] }),
      all(at("a", 2), { any: [b, c] }),
      all(a, { any: [b, d] }),
      all(at("a", 2), { any: [b, d] }),
    ],
  ];
  test.each(cases)("%s", (_title, base, live, draft, merged) => {
    expect(mergeRules(base, live, draft)).toEqual(merged);
  });

  test("is chosen where it would have more conditions than a rule may", () => {
    const many = (from: number) => Array.from({ length: 120 }, (_, index) => at("a", from + index));
    expect(mergeRules(all(b), all(b, ...many(10)), all(b, ...many(500)))).toBeNull();
  });
});

/** Three rules that share many conditions: each side edits children of the base. */
const threeRules = anyCatalogue.chain((catalogue) => {
  const child = anyRule(catalogue, 0, 1);
  return fc
    .tuple(
      fc.constantFrom(...groupKinds),
      fc.array(child, { minLength: 1, maxLength: 5 }),
      fc.array(child, { minLength: 4, maxLength: 4 }),
    )
    .chain(([kind, children, fresh]) => {
      const edited = fc
        .tuple(fc.subarray(children, { minLength: 1 }), fc.subarray(fresh))
        .map(([left, more]) => group(kind, [...left, ...more]));
      return fc.tuple(fc.constant(group(kind, children)), edited, edited);
    });
});

describe("for every three rules", () => {
  test("what merges holds the changes of both sides, and is a rule", () => {
    fc.assert(
      fc.property(threeRules, ([base, live, draft]) => {
        const merged = mergeRules(base, live, draft);
        fc.pre(merged !== null);
        expect(checkStructure(merged)).toEqual([]);
        const [before, after] = [textsOf(base), textsOf(merged)];
        for (const side of [textsOf(live), textsOf(draft)]) {
          for (const text of side) if (!before.has(text)) expect(after).toContain(text);
          for (const text of before) if (!side.has(text)) expect(after).not.toContain(text);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("where only one side changed, that side stands", () => {
    fc.assert(
      fc.property(threeRules, ([base, live]) => {
        expect(mergeRules(base, live, base)).toEqual(live);
        expect(mergeRules(base, base, live)).toEqual(live);
        expect(mergeRules(base, live, structuredClone(live))).toEqual(live);
      }),
      { numRuns: 300 },
    );
  });

  test("which side is which makes no difference to what is a conflict, nor to what is taken", () => {
    fc.assert(
      fc.property(threeRules, ([base, live, draft]) => {
        const [one, other] = [mergeRules(base, live, draft), mergeRules(base, draft, live)];
        expect(one === null).toBe(other === null);
        if (one && other && !isSameRule(one, other)) expect(textsOf(one)).toEqual(textsOf(other));
      }),
      { numRuns: 1_000 },
    );
  });
});

function textsOf(rule: Rule): ReadonlySet<string> {
  return new Set(childrenOf(rule).map(ruleText).sort());
}
