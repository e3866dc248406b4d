import { type CelInput, celEnv, parse, plan } from "@bufbuild/cel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRuleCase } from "../testing/rule-arbitraries";
import { toCel } from "./cel";
import type { TreeNode } from "./definition";
import { compile } from "./evaluate";

function celOf(tree: TreeNode): string {
  const translation = toCel(tree);
  return translation.ok ? translation.output : "";
}

describe("a tree as CEL", () => {
  const spend = '"spend" in attributes && (type(attributes["spend"]) == double || type(attributes["spend"]) == int)';
  const cases: [title: string, tree: TreeNode, cel: string][] = [
    [
      "writes whole numbers as doubles",
      { attribute: "spend", operator: "at_least", value: 5 },
      `${spend} && attributes["spend"] >= 5.0`,
    ],
    [
      "writes an exponent as it is",
      { attribute: "spend", operator: "less_than", value: 1e21 },
      `${spend} && attributes["spend"] < 1e+21`,
    ],
    [
      "counts windows in whole milliseconds",
      { attribute: "spend", operator: "not_within_last", value: { n: 1, unit: "minutes" } },
      `${spend} && (attributes["spend"] <= int(asOf) - 60000 || attributes["spend"] > asOf)`,
    ],
    [
      "escapes quotes, backslashes and line ends",
      { attribute: "a", operator: "equals", value: 'a"b\\c\nd' },
      '"a" in attributes && attributes["a"] == "a\\"b\\\\c\\nd"',
    ],
    [
      "keeps alternatives together in brackets",
      {
        all: [
          {
            any: [
              { guard: "consent", purpose: "a" },
              { guard: "objection", purpose: "b" },
            ],
          },
          { none: [{ guard: "region", regions: ["eu"] }] },
        ],
      },
      '("a" in consents || "b" in objections) && !(region in ["eu"])',
    ],
  ];
  test.each(cases)("%s", (_title, tree, cel) => expect(celOf(tree)).toBe(cel));
});

test("instants may travel as int or as double", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(anyRuleCase, ({ rule, profiles, asOf }) => {
      const [program, isMember] = [plan(celEnv(), parse(celOf(rule))), compile(rule)];
      for (const { id, consents, objections, attributes } of profiles) {
        const instants = Object.entries(attributes).map(([key, value]): [string, CelInput] => [
          key,
          key.startsWith("timestamp") && typeof value === "number" ? BigInt(value) : value,
        ]);
        const is = isMember({ id, consents, objections, attributes }, asOf);
        const given = { id, consents, objections, region: null };
        expect(program({ ...given, attributes: new Map(instants), asOf: BigInt(asOf) })).toBe(is);
        expect(program({ ...given, attributes: new Map(instants), asOf })).toBe(is);
        expect(program({ ...given, attributes: new Map(Object.entries(attributes)), asOf })).toBe(is);
      }
    }),
    { numRuns: 200 },
  );
});
