import { describe, expect, test } from "vitest";
import { catalogueOf } from "../catalogue/definition";
import type { Rule } from "../rules/definition";
import { segmentDocumentSchema } from "./document";
import { runTestCases } from "./run-test-cases";

const content = { version: 3, entries: [{ customerId: "listed-in-truth" }] };
const onPress: Rule = { list: "press", operator: "listed" };
const vocabulary = {
  ...catalogueOf({ regions: [{ key: "eu", name: "EU", description: "" }] }),
  lists: new Map([["press", { name: "Press", content }]]),
  segments: new Map([
    ["journalists", { name: "Journalists", released: { version: 1, rule: { ...onPress, ...content } } }],
  ]),
};

function passes(rule: Rule, customer: { id: string; lists?: string[] }): boolean | undefined {
  const test = { name: "t", customer: { region: "eu", ...customer }, asOf: "2026-11-21T12:00:00Z", expect: "member" };
  const document = { key: "s", name: "S", regions: ["eu"], definition: { rule }, tests: [test] };
  return runTestCases(segmentDocumentSchema.parse(document), vocabulary)?.[0]?.passes;
}

describe("a test of a rule that refers to a managed list", () => {
  test.each<[string, Rule]>([
    ["itself", onPress],
    ["through another segment", { segment: "journalists", operator: "member" }],
    ["within a none", { none: [{ list: "press", operator: "not_listed" }] }],
  ])("%s says who is on it: nobody learns that from the list", (_, rule) => {
    expect(passes(rule, { id: "listed-in-truth" })).toBe(false);
    expect(passes(rule, { id: "anybody" })).toBe(false);
    expect(passes(rule, { id: "anybody", lists: ["press"] })).toBe(true);
  });

  test("runs where only the list's name is known", () => {
    const named = { ...vocabulary, lists: new Map([["press", { name: "Press" }]]) };
    const document = segmentDocumentSchema.parse({ key: "s", name: "S", definition: { rule: onPress } });
    expect(runTestCases(document, named)).toEqual([]);
  });
});
