import { describe, expect, test } from "vitest";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { attributeSchema } from "@/lib/catalogue/definition";
import { listField, segmentField } from "@/lib/rules/builder";
import { fitsInto, settleQuery } from "./builder-query";

const plan: AttributeItem = {
  ...attributeSchema.parse({ key: "plan", name: "Plan", type: "string" }),
  ...{ segments: 0, customers: null, missing: null },
};
const attributes = new Map([[plan.key, plan]]);
const settled = (field: string, operator: string, value?: string) =>
  settleQuery({ id: "row", combinator: "all", rules: [{ id: "a", field, operator, value }] }, attributes).rules[0];

describe("a row that comes to speak of something else", () => {
  test("takes the first comparison of a reference and forgets the value", () => {
    expect(settled(segmentField, "equals", "premium")).toMatchObject({ operator: "member", value: undefined });
    expect(settled(listField, "not_member", "fraud-hold")).toMatchObject({ operator: "listed", value: undefined });
  });

  test("does not take a segment's key for an attribute's value", () => {
    expect(settled("plan", "member", "fraud-hold")).toMatchObject({ operator: "equals", value: undefined });
  });

  test("keeps what still fits", () => {
    expect(settled(segmentField, "not_member", "fraud-hold")).toMatchObject({ value: "fraud-hold" });
    expect(settled("plan", "equals", "premium")).toMatchObject({ value: "premium" });
  });
});

test("groups nest six deep at most, those that are dragged along counted", () => {
  const row = { field: "plan" };
  const two = { rules: [{ rules: [row] }, row] };
  expect([fitsInto(row, 6), fitsInto(two, 4), fitsInto(two, 5)]).toEqual([true, true, false]);
});
