import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guardedRule } from "../guards/guarded-rule";
import { anyRuleCase, purposeKeys, regionKeys } from "../testing/rule-arbitraries";
import type { Rule } from "./definition";
import { compile, evaluate } from "./evaluate";
import { readTree } from "./read-tree";

const root: Rule = { attribute: "plan", operator: "equals", value: "pro" };

test("what was written is read, whatever the rule and its guards, and means the same", () => {
  fc.assert(
    fc.property(anyRuleCase, fc.nat(100), ({ catalogue, rule, profiles, asOf }, rollout) => {
      const definition = {
        rule,
        include: [{ customerId: "c_1", reason: "", expiresAt: new Date(asOf).toISOString() }],
        exclude: [{ customerId: "c_2", reason: "" }],
      };
      const of = { key: "segment", purposes: [...purposeKeys], regions: [...regionKeys], definition };
      const { tree } = guardedRule(of, catalogue, rollout);
      const read = readTree(JSON.parse(JSON.stringify(tree)));
      expect(read).toEqual(JSON.parse(JSON.stringify(tree)));
      for (const profile of profiles) expect(compile(read)(profile, asOf)).toBe(evaluate(tree, profile, asOf));
    }),
    { numRuns: 200 },
  );
});

describe("what is not known is refused with its place", () => {
  test.each<[string, unknown, string]>([
    ["no object", null, "at the root"],
    ["a list for a node", [root], "at the root"],
    ["an operator", { all: [root, { ...root, operator: "sounds_like" }] }, 'operator "sounds_like" at all[1]'],
    ["an operator of the prototype", { ...root, operator: "constructor" }, 'operator "constructor"'],
    ["a guard", { any: [{ guard: "moon", phase: "full" }] }, 'guard "moon" at any[0]'],
    ["a kind of node", { xor: [root, root] }, 'field "xor" at the root'],
    ["two groups in one node", { all: [root], none: [root] }, 'field "none" at the root'],
    ["a field beside a condition", { ...root, negate: true }, 'field "negate" at the root'],
    ["a field beside a guard", { guard: "consent", purpose: "p", since: 1 }, 'field "since"'],
    ["a group that is no list", { all: root }, "at all"],
    ["a reference", { segment: "vip", operator: "member" }, 'field "segment"'],
    ["a guard without its purpose", { guard: "consent" }, "at purpose"],
    ["regions that are no list", { guard: "region", regions: "eu" }, "at regions"],
    ["an expiry as text", { guard: "listed", entries: [{ customerId: "a", expiresAt: "2026" }] }, "at entries[0]"],
    ["a share as text", { guard: "rollout", salt: "s", below: "50" }, "at below"],
    ["a mixed list of values", { attribute: "a", operator: "in", value: ["a", 1] }, "at value"],
  ])("%s", (_, input, place) => {
    expect(() => readTree(input)).toThrow(expect.objectContaining({ reason: "unreadable-rule" }));
    expect(() => readTree(input)).toThrow(place);
  });
});
