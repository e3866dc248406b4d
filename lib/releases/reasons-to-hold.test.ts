import { expect, test } from "vitest";
import type { Finding, FindingSeverity } from "../findings";
import { approvalPolicySchema } from "../versions/approval-policy";
import { type HoldFacts, reasonsToHold } from "./reasons-to-hold";

const finding = (severity: FindingSeverity, code: string): Finding => ({
  ...{ severity, code, path: "", resolution: "" },
  message: `It is ${code}.`,
});
const policy = (environment: string) =>
  approvalPolicySchema.parse({
    ...{ key: "large-impact", name: "Large impact", asks: [{ role: "reviewer", count: 2 }] },
    conditions: { environments: [environment], movedShareAbove: 0.1 },
  });
const impact = (movedShare: number) => ({ movedShare, populationShare: 0, money: {} });
const calm: HoldFacts = {
  ...{ refusals: [], findings: [], known: new Set(), objectives: [], policies: [], environment: "production" },
  impact: { begun: impact(0.05), now: impact(0.05) },
};

test.each<[string, Partial<HoldFacts>, string[]]>([
  ["nothing", {}, []],
  ["a gate that refuses", { refusals: ["Frozen."] }, ["Frozen."]],
  ["a finding that blocks", { findings: [finding("blocking", "no-owner")] }, ["It is no-owner."]],
  ["a new warning", { findings: [finding("warning", "few")] }, ["It is few."]],
  ["a warning that was there before", { findings: [finding("warning", "few")], known: new Set(["few"]) }, []],
  [
    "a blocking finding that was there before",
    { findings: [finding("blocking", "x")], known: new Set(["x"]) },
    ["It is x."],
  ],
  ["a note", { findings: [finding("note", "everyone")] }, []],
  ["an objective that is not met", { objectives: ["Availability is 98 %."] }, ["Availability is 98 %."]],
  [
    "an impact that has grown past a policy",
    { impact: { begun: impact(0.05), now: impact(0.2) }, policies: [policy("production")] },
    ['The impact has grown: "Large impact" applies now.'],
  ],
  [
    "an impact that was as large when the plan began",
    { impact: { begun: impact(0.15), now: impact(0.2) }, policies: [policy("production")] },
    [],
  ],
  [
    "an impact past a policy of another environment",
    { impact: { begun: impact(0.05), now: impact(0.2) }, policies: [policy("staging")] },
    [],
  ],
])("a rollout is held by %s", (_, facts, messages) => {
  expect(reasonsToHold({ ...calm, ...facts }).map(({ message }) => message)).toEqual(messages);
});

test("only new warnings may be let pass", () => {
  const facts = {
    refusals: ["Frozen."],
    objectives: ["Slow."],
    findings: [finding("warning", "a"), finding("blocking", "b")],
  };
  expect(reasonsToHold({ ...calm, ...facts }).map(({ warning }) => warning)).toEqual([null, null, null, "a"]);
});
