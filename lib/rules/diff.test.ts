import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { processorTime } from "../testing/processor-time";
import { anyCatalogue, anyRule, anyRuleCase } from "../testing/rule-arbitraries";
import { changesInWords } from "./changes-in-words";
import { formatPath, type Rule } from "./definition";
import { leavesOf } from "./describe-condition";
import { applyChanges, diffRules } from "./diff";
import { type DiffLine, type DiffRow, diffLines } from "./diff-lines";
import { sentence } from "./phrase";

const attribute = (key: string, name: string, unit?: string) =>
  attributeSchema.parse({ key, name, type: "number", ...(unit ? { unit } : {}) });
const catalogue = catalogueOf({
  attributes: [
    attribute("churn", "Churn score"),
    attribute("tickets", "Support tickets", "in 90 days"),
    attribute("failed", "Failed payments"),
  ],
});

const churn = (value: number): Rule => ({ attribute: "churn", operator: "at_least", value });
const tickets: Rule = { attribute: "tickets", operator: "at_least", value: 3 };
const failed: Rule = { attribute: "failed", operator: "at_least", value: 2 };
const known: Rule = { attribute: "churn", operator: "is_set" };

/** Rows as "= 1 All of | 1 All of", with "[…]" around what is marked. */
function picture(rows: readonly DiffRow[]): string[] {
  const signs = { same: "=", added: "+", removed: "-", changed: "~" };
  const side = (line: DiffLine | undefined) =>
    line
      ? `${line.number}${" ".repeat(1 + line.indent)}${line.parts.map(({ text, mark }) => (mark ? `[${text}]` : text)).join("")}`
      : "";
  return rows.map(({ left, right, change }) => `${signs[change]} ${side(left)} | ${side(right)}`);
}

const before: Rule = { all: [known, { any: [churn(0.5), tickets] }] };
const after: Rule = { all: [known, { any: [churn(0.6), tickets, failed] }] };

describe("two rules side by side", () => {
  test("are aligned, and what differs within a line is marked", () => {
    expect(picture(diffLines(before, after, catalogue))).toEqual([
      "= 1 All of | 1 All of",
      "= 2  Churn score is set | 2  Churn score is set",
      "= 3  Any of | 3  Any of",
      "~ 4   Churn score at least [0.5] | 4   Churn score at least [0.6]",
      "= 5   Support tickets at least 3 in 90 days | 5   Support tickets at least 3 in 90 days",
      "+  | 6   Failed payments at least 2",
    ]);
  });

  test("a condition in place of a group stands below it", () => {
    expect(picture(diffLines({ any: [tickets] }, failed, catalogue))).toEqual([
      "- 1 Any of | ",
      "- 2  Support tickets at least 3 in 90 days | ",
      "+  | 1 Failed payments at least 2",
    ]);
  });

  test("a group of another kind keeps its children", () => {
    expect(picture(diffLines({ any: [tickets] }, { none: [tickets] }, catalogue))).toEqual([
      "~ 1 [Any of] | 1 [None of]",
      "= 2  Support tickets at least 3 in 90 days | 2  Support tickets at least 3 in 90 days",
    ]);
  });

  test("another operator is marked without the spaces around it", () => {
    expect(picture(diffLines(churn(1), { attribute: "churn", operator: "at_most", value: 1 }, catalogue))).toEqual([
      "~ 1 Churn score [at least] 1 | 1 Churn score [at most] 1",
    ]);
  });
});

describe("changes in words", () => {
  const cases: [Rule, Rule, string[]][] = [
    [before, after, ["Churn score at least 0.6, before 0.5.", "Failed payments at least 2 now counts too."]],
    [after, before, ["Churn score at least 0.5, before 0.6.", "Failed payments at least 2 no longer counts."]],
    [{ all: [tickets] }, { all: [tickets, failed] }, ["Failed payments at least 2 is now required."]],
    [{ none: [tickets, failed] }, { none: [tickets] }, ["Failed payments at least 2 no longer keeps customers out."]],
    [
      { any: [tickets, failed] },
      { all: [tickets, failed] },
      ["All of, before Any of: support tickets, failed payments."],
    ],
    [
      churn(1),
      { attribute: "churn", operator: "less_than", value: 2 },
      ["Churn score less than 2, before at least 1."],
    ],
    [churn(1), known, ["Churn score is set, before at least 1."]],
    [churn(1), failed, ["Failed payments at least 2, before Churn score at least 1."]],
    [
      { all: [tickets] },
      { all: [tickets, { any: [failed, known] }] },
      ["Any of: failed payments, churn score is now required."],
    ],
    [before, before, []],
  ];
  test.each(cases)("%j to %j", (a, b, texts) => expect(changesInWords(a, b, catalogue).map(sentence)).toEqual(texts));
});

test("changes are told by the place where they are made", () => {
  expect(diffRules(before, after).map(({ kind, path }) => `${kind} ${formatPath(path)}`)).toEqual([
    "replace all[1].any[0]",
    "insert all[1].any[2]",
  ]);
});

const twoRules = anyCatalogue.chain((generated) =>
  fc.tuple(fc.constant(generated), anyRule(generated, 0), anyRule(generated, 0)),
);

describe("for every two rules", () => {
  test("the changes from one to the other, applied to the one, give the other", () => {
    fc.assert(
      fc.property(twoRules, ([, a, b]) => {
        expect(applyChanges(diffRules(a, b), a)).toEqual(b);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a rule does not differ from itself", () => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, catalogue: generated }) => {
        expect(diffRules(rule, structuredClone(rule))).toEqual([]);
        expect(diffLines(rule, rule, generated).every(({ change }) => change === "same")).toBe(true);
        expect(changesInWords(rule, rule, generated)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("the order of a condition's fields is no change", () => {
    const turned: Rule = { value: 1, operator: "at_least", attribute: "churn" };
    expect(diffRules({ all: [churn(1)] }, { all: [turned] })).toEqual([]);
  });

  test("side by side each has all its lines, numbered without a gap", () => {
    fc.assert(
      fc.property(twoRules, ([generated, a, b]) => {
        const rows = diffLines(a, b, generated);
        const numbers = (lines: (DiffLine | undefined)[]) => lines.flatMap((line) => (line ? [line.number] : []));
        const [left, right] = [numbers(rows.map((row) => row.left)), numbers(rows.map((row) => row.right))];
        expect(left).toEqual(left.map((_, index) => index + 1));
        expect(right).toEqual(right.map((_, index) => index + 1));
        expect(left.length).toBeGreaterThanOrEqual(leavesOf(a).length);
        const hasChange = rows.some(({ change }) => change !== "same");
        expect(hasChange).toBe(diffRules(a, b).length > 0);
        expect(changesInWords(a, b, generated).length > 0).toBe(hasChange);
      }),
      { numRuns: 1_000 },
    );
  });
});

test("two rules at the bounds are compared in under 250 ms", () => {
  const wide = (from: number): Rule => ({ all: Array.from({ length: 200 }, (_, n) => churn(from + n)) });
  expect(processorTime(() => diffLines(wide(0), wide(100), catalogue))).toBeLessThan(250);
});
