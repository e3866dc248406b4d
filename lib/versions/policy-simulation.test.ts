import { describe, expect, test } from "vitest";
import type { Role } from "../access/permissions";
import { type ApprovalPolicy, approvalPolicySchema, type ChangeFacts } from "./approval-policy";
import { guardFindings, simulateAsks, simulatedConditions, staffingFindings } from "./policy-simulation";
import type { Reviewer } from "./review-policy";

const facts: ChangeFacts = {
  criticalities: new Set(["billing"]),
  labels: new Set(["personal"]),
  purposes: new Set(["service"]),
  treatments: new Set(),
  archive: false,
  impact: { movedShare: 0.2, populationShare: 0.01, money: {} },
};
const policy = (more: object): ApprovalPolicy =>
  approvalPolicySchema.parse({ key: "a", name: "A", conditions: {}, asks: [{ role: "reviewer", count: 1 }], ...more });
const person = (id: string, roles: Role[], more: Partial<Reviewer> = {}): Reviewer => ({
  ...{ id, subject: null, roles, team: null, disabled: false },
  ...more,
});

test("each condition is judged by itself, whether or not the policy is in force", () => {
  const conditions = { environments: ["production"], labels: ["special"], movedShareAbove: 0.1 };
  const simulated = simulatedConditions(policy({ conditions, enabled: false }), facts, { environment: "production" });
  expect(simulated.map(({ condition, holds }) => [condition, holds])).toEqual([
    ["labels", false],
    ["movedShareAbove", true],
    ["environments", true],
  ]);
});

describe("how many could fill an ask", () => {
  const asks = [
    { role: "reviewer", count: 2 },
    { role: "privacy", count: 1 },
  ];
  const where = { environment: "production" };
  const of = (people: Reviewer[], more: object = {}) => {
    const simulated = simulateAsks([policy({ asks })], facts, { ...where, people, ...more });
    return { people: simulated.asks.map((ask) => ask.people), fillable: simulated.fillable };
  };

  test("a person with two roles is counted for both, and fills one place only", () => {
    const three = [person("r", ["reviewer"]), person("b", ["reviewer", "privacy"])];
    expect(of(three)).toEqual({ people: [2, 1], fillable: false });
    expect(of([...three, person("p", ["privacy"])])).toEqual({ people: [2, 2], fillable: true });
  });

  test("disabled people, second accounts and who wrote it are left out", () => {
    const author = person("author", ["author", "reviewer"]);
    const one = [
      ...[author, person("r", ["reviewer"], { subject: "s" }), person("r2", ["reviewer"], { subject: "s" })],
      ...[person("d", ["reviewer"], { disabled: true }), person("p", ["privacy"])],
    ];
    const content = {
      ...{ state: "in_review" as const, contentHash: "h", reviewCycle: 3, ownerTeam: null },
      ...{ author, contributors: [] },
    };
    expect(of(one, { content })).toEqual({ people: [1, 1], fillable: false });
  });

  test("people of the owning team are asked for in vain where the segment has none", () => {
    const own = policy({ asks: [{ role: "reviewer", count: 1, ownerTeam: true }] });
    const people = [person("r", ["reviewer"], { team: "growth" })];
    const fillable = (ownerTeam: string | null) => simulateAsks([own], facts, { ...where, people, ownerTeam }).fillable;
    expect([fillable("growth"), fillable("billing"), fillable(null)]).toEqual([true, false, false]);
  });
});

test("a policy that asks for more people than there are is warned about, unless it is not in force", () => {
  const people = [person("r", ["reviewer"])];
  const two = { asks: [{ role: "reviewer", count: 2 }] };
  expect(staffingFindings(policy({}), people)).toEqual([]);
  expect(staffingFindings(policy(two), people)).toMatchObject([
    { severity: "warning", message: expect.stringContaining("2 reviewers asked for, 1 there") },
  ]);
  expect(staffingFindings(policy({ ...two, enabled: false }), people)).toEqual([]);
});

test("production without a policy that always applies is warned about", () => {
  const codes = (...policies: ApprovalPolicy[]) => guardFindings(policies, "production").map(({ code }) => code);
  expect(codes(policy({ conditions: { environments: ["production"] } }))).toEqual([]);
  expect(codes(policy({ conditions: { labels: ["personal"] } }))).toEqual(["nothing-asked"]);
  expect(codes(policy({ enabled: false }))).toEqual(["nothing-asked"]);
});
