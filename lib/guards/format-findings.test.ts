import { describe, expect, test } from "vitest";
import type { Rule, TreeNode } from "../rules/definition";
import { formatFindings } from "./format-findings";
import { guardedRule } from "./guarded-rule";

const rule: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const gateway = { name: "Gateway EU", format: "cel" } as const;
const flags = { name: "Flags", format: "flagd" } as const;
const billing = { name: "Billing", format: "tree" } as const;
const entries = Array.from({ length: 1_001 }, (_, index) => ({ customerId: `c_${index}`, reason: "" }));

function segment({ rollout = 100, include = 0 }): Parameters<typeof formatFindings>[0] {
  const definition = { rule, include: entries.slice(0, include), exclude: [] };
  return guardedRule({ key: "s", purposes: ["ads"], regions: ["eu"], definition }, { purposes: new Map() }, rollout);
}

describe("what consumers' formats cannot say", () => {
  test("is nothing where all of a segment can be said", () => {
    expect(formatFindings(segment({}), [gateway, flags, billing], "blocking")).toEqual([]);
  });

  test("names the consumer, its format, what, and what would help", () => {
    expect(formatFindings(segment({ rollout: 25 }), [gateway, billing], "blocking")).toEqual([
      {
        code: "format-cannot-say",
        severity: "blocking",
        path: "rollout",
        message:
          'The consumer "Gateway EU" reads CEL, which cannot say this. A rollout to 25 % needs MD5, which the format does not have.',
        resolution: "Release to 100 %, or let the consumer read the tree.",
      },
    ]);
  });

  test("is told for each consumer and each place", () => {
    const findings = formatFindings(segment({ rollout: 25, include: 1_001 }), [gateway, flags], "warning");
    expect(findings.map(({ path, severity }) => [path, severity])).toEqual([
      ["definition.include", "warning"],
      ["rollout", "warning"],
      ["definition.include", "warning"],
      ["rollout", "warning"],
    ]);
  });

  test("points into the rule, at a reference by its name", () => {
    const list: TreeNode = { list: "vip", operator: "listed", version: 2, entries };
    const [finding, more] = formatFindings(
      { rule: { any: [rule, list] }, tree: { any: [rule, list] } },
      [flags],
      "blocking",
    );
    expect(finding).toMatchObject({ path: "definition.rule.any[1]", message: expect.stringContaining('list "vip"') });
    expect(more).toBeUndefined();
  });

  test("tells of a list that it is too long, not how many are on it", () => {
    const findingsOf = (size: number) => {
      const list: TreeNode = { list: "vip", operator: "listed", version: 2, entries: Array(size).fill(entries[0]) };
      return formatFindings({ rule: list, tree: list }, [gateway], "warning");
    };
    expect(findingsOf(1_501)).toEqual(findingsOf(1_502));
  });

  test("is told of the whole where only the whole is too large", () => {
    const values = (letter: string) => Array.from({ length: 600 }, (_, index) => `${index} ${letter.repeat(90)}`);
    const large = (letter: string): TreeNode => ({ attribute: "plan", operator: "in", value: values(letter) });
    const parts = { rule: large("a"), exclude: large("b"), tree: { all: [large("a"), { none: [large("b")] }] } };
    expect(formatFindings(parts, [gateway], "blocking").map(({ path }) => path)).toEqual(["definition"]);
  });
});
