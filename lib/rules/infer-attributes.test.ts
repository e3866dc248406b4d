import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRuleCase } from "../testing/rule-arbitraries";
import { telcoRules, telcoType } from "../testing/telco-rules";
import { checkRule } from "./check";
import { inferAttributes } from "./infer-attributes";

describe("the attributes that a rule asks for", () => {
  test("have the types of the catalogue that it was written with, but where it asks only whether they are set", () => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, catalogue }) => {
        const inferred = inferAttributes(rule);
        const attributes = new Map(
          [...catalogue.attributes].map(([key, attribute]) => [
            key,
            { ...attribute, type: inferred.get(key) ?? attribute.type },
          ]),
        );
        expect(checkRule(rule, { attributes })).toMatchObject({ ok: true });
      }),
      { numRuns: 500 },
    );
  });

  test("of the Telco rules are those of its columns", () => {
    expect([...inferAttributes({ any: [telcoRules.T6, telcoRules.T7] })]).toEqual([
      ["monthly_charges", telcoType("MonthlyCharges")],
      ["online_security", telcoType("OnlineSecurity")],
    ]);
  });

  const odd: [title: string, input: unknown, types: Record<string, string>][] = [
    ["no rule at all", "rule", {}],
    ["an operator that nobody has", { attribute: "a", operator: "like", value: 1 }, { a: "string" }],
    [
      "uses that differ",
      {
        all: [
          { attribute: "a", operator: "is_set" },
          { attribute: "a", operator: "at_least", value: 1 },
          { attribute: "a", operator: "contains", value: "x" },
        ],
      },
      { a: "number" },
    ],
  ];
  test.each(odd)("of %s", (_title, input, types) => expect(Object.fromEntries(inferAttributes(input))).toEqual(types));
});
