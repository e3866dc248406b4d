import { describe, expect, test } from "vitest";
import { type AttributeType, computationSchema, type EventType } from "../catalogue/definition";
import { checkComputation } from "./check-computation";

const order: EventType = {
  key: "order",
  name: "Order",
  description: "",
  properties: [
    { key: "amount", name: "Amount", type: "number" },
    { key: "country", name: "Country", type: "string" },
    { key: "paid", name: "Paid", type: "boolean" },
    { key: "due_at", name: "Due", type: "timestamp" },
  ],
};

function check(given: Record<string, unknown>) {
  return checkComputation(computationSchema.parse({ event: "order", ...given }), order);
}

describe("the type of what follows", () => {
  const fitting: readonly [string, string | undefined, AttributeType][] = [
    ["count", undefined, "number"],
    ["sum", "amount", "number"],
    ["min", "amount", "number"],
    ["max", "due_at", "timestamp"],
    ["min", "at", "timestamp"],
    ["last", "country", "string"],
    ["last", "paid", "boolean"],
    ["last", "at", "timestamp"],
    ["distinct", "country", "number"],
    ["distinct", "at", "number"],
  ];
  test.each(fitting)("%s of %s holds a %s", (aggregate, property, type) => {
    expect(check({ aggregate, property })).toMatchObject({ ok: true, computation: { type }, findings: [] });
  });
});

describe("what does not fit is refused with its place and what would be accepted", () => {
  const filtered = (condition: Record<string, unknown>) => ({
    ...{ aggregate: "count" },
    filter: [{ property: "paid", operator: "equals", value: true }, condition],
  });
  const unfit: readonly [Record<string, unknown>, string, string, RegExp][] = [
    [{ aggregate: "count", property: "amount" }, "property", "surplus-property", /Leave the property out/],
    [{ aggregate: "sum" }, "property", "unknown-property", /as amount, country, paid, due_at or at/],
    [{ aggregate: "sum", property: "amuont" }, "property", "unknown-property", /Did you mean amount/],
    [{ aggregate: "sum", property: "at" }, "property", "bad-property-type", /type number, as amount\./],
    [{ aggregate: "max", property: "country" }, "property", "bad-property-type", /as amount, due_at or at\./],
    [{ aggregate: "min", property: "paid" }, "property", "bad-property-type", /number or timestamp/],
    [{ aggregate: "count", window: { n: 36_501, unit: "days" } }, "window.n", "bad-value", /36,500 days/],
    [filtered({ property: "contry", operator: "is_set" }), "filter[1].property", "unknown-property", /country/],
    [filtered({ property: "country", operator: "at_least" }), "filter[1].operator", "unknown-operator", /starts_with/],
    [filtered({ property: "amount", operator: "equals", value: "1" }), "filter[1].value", "bad-value", /finite number/],
    [filtered({ property: "at", operator: "after", value: "today" }), "filter[1].value", "bad-value", /ISO 8601/],
  ];
  test.each(unfit)("%j: %s", (given, path, code, resolution) => {
    const checked = check(given);
    expect(checked.ok).toBe(false);
    expect(checked.findings).toEqual([
      expect.objectContaining({ path, code, severity: "blocking", resolution: expect.stringMatching(resolution) }),
    ]);
  });

  test("everything that is wrong is said at once", () => {
    const checked = check({ ...filtered({ property: "x", operator: "is_set" }), aggregate: "sum", property: "paid" });
    expect(checked.findings.map(({ path }) => path)).toEqual(["property", "filter[1].property"]);
  });
});

test("the filter is normalised as rules are", () => {
  const filter = [{ property: "country", operator: "equals", value: " Zoe\u0308 " }];
  expect(check({ aggregate: "count", filter })).toMatchObject({
    computation: { filter: [{ attribute: "country", operator: "equals", value: "Zoë" }] },
  });
});

test("a filter that nothing can satisfy is worth a warning", () => {
  const filter = ["is_set", "is_not_set"].map((operator) => ({ property: "paid", operator }));
  const checked = check({ aggregate: "count", filter });
  expect(checked).toMatchObject({ ok: true, findings: [{ code: "never-holds", path: "filter", severity: "warning" }] });
});
