import jsonLogic, { type RulesLogic } from "json-logic-js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { sharedData } from "../testing/shared-data";
import type { TreeNode } from "./definition";
import { toJsonLogic } from "./jsonlogic";

const plan = { var: "attributes.plan" };
const isText = { "===": [plan, { cat: [plan, ""] }] };
const listed: TreeNode = {
  guard: "listed",
  entries: [{ customerId: "a" }, { customerId: "b", expiresAt: 5 }, { customerId: "c" }],
};

describe("a tree as JsonLogic", () => {
  const cases: [title: string, tree: TreeNode, logic: unknown][] = [
    ["compares strictly", condition("equals", "free"), { "===": [plan, "free"] }],
    [
      "takes a missing value for no text",
      condition("not_equals", "free"),
      { and: [isText, { "!==": [plan, "free"] }] },
    ],
    [
      "finds a beginning by its length",
      condition("starts_with", "EU-"),
      { and: [isText, { "===": [{ substr: [plan, 0, 3] }, "EU-"] }] },
    ],
    [
      "finds an emoji whether a reader counts it as one character or as two",
      condition("ends_with", "😀"),
      { and: [isText, { or: [{ "===": [{ substr: [plan, -2] }, "😀"] }, { "===": [{ substr: [plan, -1] }, "😀"] }] }] },
    ],
    [
      "denies a group as a whole",
      { none: [condition("is_set"), condition("is_not_set")] },
      {
        "!": [{ or: [{ "!==": [plan, null] }, { "===": [plan, null] }] }],
      },
    ],
    ["asks for consent", { guard: "consent", purpose: "ads" }, { in: ["ads", { var: "consents" }] }],
    ["asks for the region", { guard: "region", regions: ["eu", "uk"] }, { in: [{ var: "region" }, ["eu", "uk"]] }],
    [
      "lists customers by their expiry",
      listed,
      {
        or: [
          { in: [{ var: "id" }, ["a", "c"]] },
          { and: [{ "<": [{ var: "asOf" }, 5] }, { in: [{ var: "id" }, ["b"]] }] },
        ],
      },
    ],
  ];
  test.each(cases)("%s", (_title, tree, output) => expect(toJsonLogic(tree)).toEqual({ ok: true, output }));
});

function condition(
  operator: "equals" | "not_equals" | "starts_with" | "ends_with" | "is_set" | "is_not_set",
  value?: string,
): TreeNode {
  return value === undefined ? { attribute: "plan", operator } : { attribute: "plan", operator, value };
}

const used = [
  "var",
  "===",
  "!==",
  "!",
  "!!",
  "and",
  "or",
  "in",
  "cat",
  "substr",
  "merge",
  "some",
  "<",
  "<=",
  ">",
  ">=",
  "+",
  "-",
];
const vectors = sharedData("json-logic/tests.json");

describe.skipIf(!vectors.isThere)(vectors.title("the public vectors of the operations that we use"), () => {
  const vector = z.tuple([z.unknown(), z.unknown(), z.unknown()]);
  const all = vectors.isThere ? z.array(z.union([z.string(), vector])).parse(vectors.json()) : [];
  const rules = all.filter((each) => typeof each !== "string").filter(([logic]) => uses(logic));

  test("are met by json-logic-js, which we trust to run ours", () => {
    expect(rules.length).toBeGreaterThan(100);
    for (const [logic, data, expected] of rules) expect(jsonLogic.apply(logic as RulesLogic, data)).toEqual(expected);
  });
});

function uses(logic: unknown): boolean {
  if (!jsonLogic.is_logic(logic)) return false;
  const operations = jsonLogicOperations(logic);
  return operations.every((operation) => used.includes(operation));
}

function jsonLogicOperations(logic: unknown): string[] {
  if (Array.isArray(logic)) return logic.flatMap(jsonLogicOperations);
  if (typeof logic !== "object" || logic === null) return [];
  return Object.entries(logic).flatMap(([operation, values]) => [operation, ...jsonLogicOperations(values)]);
}
