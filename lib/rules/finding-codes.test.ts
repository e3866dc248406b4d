import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogueOf } from "../catalogue/definition";
import { checkRule } from "./check";
import { checkStructure } from "./check-structure";
import type { ListedCustomer, Rule, TreeNode } from "./definition";
import type { RuleVocabulary } from "./vocabulary";

const catalogue = catalogueOf({
  attributes: [
    { key: "plan", name: "Plan", type: "string", description: "", source: "stored", labels: [] },
    { key: "spend", name: "Spend", type: "number", description: "", source: "stored", labels: [] },
  ],
});
const plan: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const listOf = (version: number, entries: readonly ListedCustomer[]) => ({
  name: "List",
  content: { version, entries },
});
const segmentOf = (rule: TreeNode) => ({ name: "Segment", released: { version: 1, rule } });
const pinned = (segment: string, rule: TreeNode): TreeNode => ({ segment, operator: "member", version: 1, rule });
const chain = ["g", "f", "e", "d", "c", "b"].reduce<TreeNode>((rule, key) => pinned(key, rule), plan);
const customers = Array.from({ length: 200_000 }, (_, index) => ({ customerId: String(index) }));

const vocabulary: RuleVocabulary = {
  ...catalogue,
  segments: new Map([
    ["plain", segmentOf(plan)],
    ["back", segmentOf({ any: [plan, pinned("own", plan)] })],
    ["live-back", segmentOf(pinned("middle", plan))],
    ["middle", segmentOf(pinned("own", plan))],
    ["own", segmentOf(plan)],
    ["long", segmentOf(chain)],
    ["large", segmentOf({ all: Array.from({ length: 150 }, () => plan) })],
  ]),
  lists: new Map([
    ["press", listOf(1, [{ customerId: "a" }])],
    ["nobody", listOf(2, [])],
    ["crowd", listOf(3, customers)],
    ["mob", listOf(3, customers)],
  ]),
};

const memberOf = (segment: string) => ({ segment, operator: "member" });
const listedIn = (list: string) => ({ list, operator: "listed" });
const many = (count: number, node: unknown) => Array.from({ length: count }, () => node);
const nested = (depth: number): unknown => (depth === 0 ? plan : { all: [nested(depth - 1)] });

type Row = [code: string, path: string, accepted: RegExp, input: unknown];

const rows: Row[] = [
  [
    "too-many-values",
    "any[0].value",
    /at most 1,000 values; more belong in a managed list/,
    { any: [{ ...plan, operator: "in", value: many(1_001, "a") }] },
  ],
  ["too-deep", "all[0].all[0].all[0].all[0].all[0].all[0]", /at most 6/, nested(7)],
  ["too-deep", "all[1].segment", /at most 6 times in a row/, { all: [plan, memberOf("long")] }],
  ["too-many-children", "none", /at most 200 children/, { none: many(201, plan) }],
  [
    "too-many-conditions",
    "all[1].any[50]",
    /at most 200/,
    { all: [{ any: many(150, plan) }, { any: many(150, plan) }] },
  ],
  ["too-many-conditions", "", /those of the segments it refers to/, { all: [memberOf("large"), memberOf("large")] }],
  ["too-many-listed", "", /at most 300,000 customers/, { any: [listedIn("crowd"), listedIn("mob")] }],
  [
    "too-long",
    "all[0].attribute",
    /at most 63 characters/,
    { all: [{ attribute: "x".repeat(64), operator: "is_set" }] },
  ],
  ["too-long", "value[1]", /at most 1,000 characters/, { ...plan, operator: "in", value: ["a", "x".repeat(1_001)] }],
  ["unknown-node", "all[0]", /exactly one of/, { all: [{ operator: "is_set" }] }],
  ["unknown-operator", "operator", /equals, not_equals/, { ...plan, operator: "matches" }],
  ["unknown-operator", "any[0].operator", /listed or not_listed/, { any: [{ list: "press", operator: "member" }] }],
  ["unknown-field", "all[0]", /Use only attribute, operator, value/, { all: [{ ...plan, weight: 1 }] }],
  ["unknown-attribute", "none[0].attribute", /Did you mean plan\?/, { none: [{ ...plan, attribute: "plam" }] }],
  ["unknown-segment", "all[1].segment", /Did you mean plain/, { all: [plan, memberOf("plane")] }],
  ["unknown-segment", "segment", /Use one that there is/, memberOf("zzzzzzzzzz")],
  ["unknown-list", "any[0].list", /Did you mean press\?/, { any: [listedIn("pres")] }],
  ["reference-cycle", "segment", /does not depend on "own"/, memberOf("own")],
  ["reference-cycle", "any[1].segment", /does not depend on "own"/, { any: [plan, memberOf("back")] }],
  ["reference-cycle", "all[0].segment", /does not depend on "own"/, { all: [memberOf("live-back")] }],
  ["empty-list", "none[0].list", /Upload customers/, { none: [listedIn("nobody")] }],
  ["not-a-rule", "any[1]", /"all"/, { any: [plan, 5] }],
  ["not-a-list", "all[0].none", /"none": \[/, { all: [{ none: plan }] }],
  ["empty-group", "any[0].all", /Add a condition/, { any: [{ all: [] }] }],
  ["missing-value", "value", /at least one character/, { attribute: "plan", operator: "equals" }],
  ["bad-value", "all[0].value", /finite number/, { all: [{ attribute: "spend", operator: "at_most", value: "5" }] }],
  ["duplicate-value", "value[2]", /it is value 1 already/, { ...plan, operator: "in", value: ["a", "b", "a"] }],
  ["empty-range", "value", /\[1, 5\]/, { attribute: "spend", operator: "between", value: [5, 1] }],
  ["repeated-condition", "any[1]", /./, { any: [plan, plan] }],
  ["never-holds", "all", /./, { all: [plan, { ...plan, value: "free" }] }],
];

describe("a finding names the node and what would be accepted", () => {
  test.each(rows)("%s at %j", (code, path, accepted, input) => {
    const found = checkRule(input, vocabulary, "own").findings.filter((each) => each.code === code);
    expect(found).toContainEqual(
      expect.objectContaining({
        path,
        message: expect.stringMatching(/\.$/),
        resolution: expect.stringMatching(accepted),
      }),
    );
  });

  test("unsupported-reference, where nobody knows which segments there are", () => {
    expect(checkRule({ all: [memberOf("plain")] }, catalogue).findings).toMatchObject([
      { code: "unsupported-reference", path: "all[0]", resolution: expect.stringMatching(/attributes/) },
    ]);
  });

  test("not-a-text, of a draft whose condition names no text", () => {
    expect(checkStructure({ any: [{ attribute: 5, operator: "is_set" }] })).toMatchObject([
      { code: "not-a-text", path: "any[0].attribute", resolution: expect.stringMatching(/Give a text/) },
    ]);
  });

  test("and there is none that these do not show", () => {
    const shown = new Set([...rows.map(([code]) => code), "unsupported-reference", "not-a-text"]);
    const sources = readdirSync(import.meta.dirname).filter((name) => /^(check|find)-.*\.ts$|^check\.ts$/.test(name));
    const codes = sources
      .filter((name) => !name.includes(".test.") && name !== "check-computation.ts")
      .flatMap((name) => [
        ...readFileSync(join(import.meta.dirname, name), "utf8").matchAll(/(?:blocking|warning)\(\s*"([a-z-]+)"/g),
      ])
      .map(([, code]) => code ?? "");
    expect(codes.length).toBeGreaterThan(15);
    expect([...new Set(codes)].filter((code) => !shown.has(code))).toEqual([]);
  });
});

test("a way back is told as it is: by what was pinned, or by what is live now", () => {
  const wayOf = (segment: string) => checkRule(memberOf(segment), vocabulary, "own").findings[0]?.message;
  expect(wayOf("back")).toBe('The segment "own" would refer to itself: own → back → own.');
  expect(wayOf("live-back")).toBe('The segment "own" would refer to itself: own → live-back → middle → own.');
});

test("up to the bounds, references are accepted", () => {
  const input = { all: [memberOf("large"), listedIn("crowd"), ...many(49, plan)] };
  expect(checkRule(input, vocabulary, "another").ok).toBe(true);
});
