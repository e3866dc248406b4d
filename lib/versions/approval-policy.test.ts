import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ApprovalPolicy,
  appliesTo,
  approvalPolicySchema,
  asksInWords,
  asksOf,
  type ChangeFacts,
  type PolicyAsk,
  type PolicyConditions,
} from "./approval-policy";

const facts: ChangeFacts = {
  criticalities: new Set(["operational"]),
  labels: new Set(["personal"]),
  purposes: new Set(["marketing"]),
  treatments: new Set(["plan"]),
  archive: false,
  impact: { movedShare: 0.1, populationShare: 0.05, money: { spend: 1_000 } },
};

function policy(conditions: PolicyConditions, asks: PolicyAsk[] = [{ role: "reviewer", count: 1 }], name = "P") {
  return approvalPolicySchema.parse({ key: "p", name, conditions, asks });
}

describe("a policy applies", () => {
  test.each<[string, PolicyConditions]>([
    ["without conditions", {}],
    ["in its environments", { environments: ["staging", "production"] }],
    ["at its criticalities", { criticalities: ["billing", "operational"] }],
    ["where an attribute has one of its labels", { labels: ["special", "personal"] }],
    ["to its purposes", { purposes: ["marketing"] }],
    ["where a treatment is touched", { treatments: ["plan", "price"] }],
    ["where more of the members move", { movedShareAbove: 0.09 }],
    ["where more of all customers move", { populationShareAbove: 0.049 }],
    ["where more money moves", { moneyMovedAbove: { attribute: "spend", amount: 999 } }],
    ["where money moves that nobody summed", { moneyMovedAbove: { attribute: "income", amount: 1e9 } }],
  ])("%s", (_, conditions) => {
    expect(appliesTo(policy(conditions), facts, "production")).toBe(true);
  });

  test.each<[string, PolicyConditions]>([
    ["in another environment", { environments: ["staging"] }],
    ["at another criticality", { criticalities: ["billing"] }],
    ["to other labels", { labels: ["special"] }],
    ["where as many members move as it names", { movedShareAbove: 0.1 }],
    ["where as many customers move as it names", { populationShareAbove: 0.05 }],
    ["where as much money moves as it names", { moneyMovedAbove: { attribute: "spend", amount: 1_000 } }],
    ["where nothing is archived", { archive: true }],
    ["where only some of its conditions hold", { environments: ["production"], labels: ["special"] }],
  ])("not %s", (_, conditions) => {
    expect(appliesTo(policy(conditions), facts, "production")).toBe(false);
  });

  test("where customers could not be counted, whatever its threshold", () => {
    const unknown = { ...facts, impact: null };
    expect(appliesTo(policy({ movedShareAbove: 1, populationShareAbove: 1 }), unknown, "production")).toBe(true);
  });

  test("not when it is disabled", () => {
    expect(appliesTo({ ...policy({}), enabled: false }, facts, "production")).toBe(false);
  });
});

describe("what several ask for together", () => {
  test("is the greatest count of each role, with the name of each policy that asks", () => {
    const policies = [
      policy({}, [{ role: "reviewer", count: 1 }], "A"),
      policy({}, [{ role: "reviewer", count: 2 }], "B"),
      policy({}, [{ role: "privacy", count: 1 }], "C"),
      policy({ archive: true }, [{ role: "operator", count: 3 }], "D"),
    ];
    expect(asksOf(policies, facts, "production")).toEqual([
      { role: "reviewer", count: 2, ownerTeam: false, because: ["A", "B"] },
      { role: "privacy", count: 1, ownerTeam: false, because: ["C"] },
    ]);
  });

  test("counts people of the owning team among those of their role", () => {
    const policies = [
      policy({}, [{ role: "reviewer", count: 2 }], "A"),
      policy({}, [{ role: "reviewer", count: 1, ownerTeam: true }], "B"),
    ];
    const asks = asksOf(policies, facts, "production");
    expect(asks.map(({ count, ownerTeam }) => [count, ownerTeam])).toEqual([
      [1, true],
      [1, false],
    ]);
    expect(asksInWords(asks)).toBe("1 reviewer of the owning team and 1 reviewer");
  });

  test("never gets less by one policy more, nor by conditions that are left out", () => {
    const role = fc.constantFrom("reviewer" as const, "privacy" as const, "operator" as const);
    const ask = fc.record(
      { role, count: fc.integer({ min: 1, max: 4 }), ownerTeam: fc.constant(true) },
      { requiredKeys: ["role", "count"] },
    );
    const conditions = fc.record(
      { labels: fc.constantFrom<string[][]>(["personal"], ["special"]), movedShareAbove: fc.constantFrom(0, 0.5) },
      { requiredKeys: [] },
    );
    const some = fc.record({ conditions, asks: fc.array(ask, { minLength: 1, maxLength: 3 }) });
    const toPolicy = (each: { conditions: PolicyConditions; asks: PolicyAsk[] }) => policy(each.conditions, each.asks);
    const total = (policies: ApprovalPolicy[], wanted: string, inTeam?: boolean) =>
      asksOf(policies, facts, "production")
        .filter((each) => each.role === wanted && (inTeam === undefined || each.ownerTeam === inTeam))
        .reduce((sum, { count }) => sum + count, 0);
    fc.assert(
      fc.property(fc.array(some, { maxLength: 5 }), some, role, (before, added, wanted) => {
        const fewer = before.map(toPolicy);
        const more = [...fewer, toPolicy(added)];
        expect(total(more, wanted)).toBeGreaterThanOrEqual(total(fewer, wanted));
        expect(total(more, wanted, true)).toBeGreaterThanOrEqual(total(fewer, wanted, true));
        const unconditional = [...fewer, toPolicy({ ...added, conditions: {} })];
        expect(total(unconditional, wanted)).toBeGreaterThanOrEqual(total(more, wanted));
      }),
    );
  });
});

test.each([
  [{ asks: [] }, "asks"],
  [{ asks: [{ role: "author", count: 1 }] }, "asks"],
  [{ asks: [{ role: "reviewer", count: 0 }] }, "asks"],
  [{ conditions: { movedShareAbove: 10 } }, "conditions"],
  [{ conditions: { labels: [] } }, "conditions"],
  [{ conditions: { whenever: true } }, "conditions"],
])("a policy with %j is refused", (change, place) => {
  const parsed = approvalPolicySchema.safeParse({
    ...{ key: "p", name: "P", conditions: {}, asks: [{ role: "reviewer", count: 1 }] },
    ...change,
  });
  expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(place);
});
