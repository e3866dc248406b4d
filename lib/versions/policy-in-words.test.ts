import { expect, test } from "vitest";
import { type PolicyConditions, policyContentSchema } from "./approval-policy";
import { policyInWords } from "./policy-in-words";

const names = {
  environments: new Map([["production", "Production"]]),
  purposes: new Map([["marketing", "Marketing"]]),
};

const cases: readonly [PolicyConditions, object, string][] = [
  [{}, { role: "reviewer", count: 1 }, "Asks for 1 reviewer always, everywhere."],
  [
    { environments: ["production"], labels: ["personal", "special"] },
    { role: "privacy", count: 1 },
    "Asks for 1 privacy person when an attribute labelled personal or special is used, in Production.",
  ],
  [
    { environments: ["production", "canary"], movedShareAbove: 0.125, purposes: ["marketing"] },
    { role: "operator", count: 2, ownerTeam: true },
    "Asks for 2 operators of the owning team when it serves Marketing and more than 12.5 % of its members move, in Production or canary.",
  ],
  [
    { populationShareAbove: 0.05, moneyMovedAbove: { attribute: "spend", amount: 1500 }, archive: true },
    { role: "reviewer", count: 2 },
    "Asks for 2 reviewers when more than 5 % of all customers move, more than 1,500 of spend moves and the segment is archived, everywhere.",
  ],
  [
    { criticalities: ["billing"], treatments: ["price", "plan"] },
    { role: "reviewer", count: 1 },
    "Asks for 1 reviewer when its criticality is billing and the treatment price or plan changes, everywhere.",
  ],
];

test.each(cases)("%j", (conditions, ask, words) => {
  const policy = policyContentSchema.parse({ name: "A policy", conditions, asks: [ask] });
  expect(policyInWords(policy, names)).toBe(words);
});
