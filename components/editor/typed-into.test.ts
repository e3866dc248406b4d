import type { RuleGroupType } from "react-querybuilder";
import { describe, expect, test } from "vitest";
import { typedInto } from "./typed-into";

const spend = { id: "a", field: "spend", operator: "at_least", value: 1 };
const plan = { id: "b", field: "plan", operator: "in", value: ["free"] };
const query = (...rules: RuleGroupType["rules"]): RuleGroupType => ({ id: "row", combinator: "all", rules });
const before = query(spend, plan);

describe("one step of undo", () => {
  test("is the typing of one value", () => {
    expect(typedInto(before, query({ ...spend, value: 12 }, plan))).toBe("value of a");
    const nested = query({ id: "g", combinator: "any", rules: [spend] });
    const typed = query({ id: "g", combinator: "any", rules: [{ ...spend, value: undefined }] });
    expect(typedInto(nested, typed)).toBe("value of a");
  });

  test.each<[title: string, after: RuleGroupType]>([
    ["a drop", query(plan, spend)],
    ["a row that goes", query(spend)],
    ["another comparison", query({ ...spend, operator: "at_most" }, plan)],
    ["another kind of group", { ...before, combinator: "any" }],
    ["a value that joins a list", query(spend, { ...plan, value: ["free", "premium"] })],
    ["values of two rows at once", query({ ...spend, value: 2 }, { ...plan, value: "free" })],
  ])("is %s, which joins nothing", (_title, after) => expect(typedInto(before, after)).toBeNull());
});
