import type { Rule } from "../../../lib/rules/definition";
import { beforeTest, documentOf, on, released, type Step, type StoryContext, testCase, withRule } from "./story";

export function fraudHold(context: StoryContext): Step[] {
  const suspicious = (score: number, days: number): Rule => ({
    all: [
      { attribute: "fraud_score", operator: "at_least", value: score },
      { attribute: "new_device_at", operator: "within_last", value: { n: days, unit: "days" } },
    ],
  });
  const first = documentOf({
    key: "fraud-hold-device",
    name: "Fraud hold: new device",
    description: "Payments from a new device wait for a check when the score is high.",
    documentation: "A held customer sees a notice and can ask a person to look at it, within one working day.",
    tags: ["fraud"],
    team: "risk",
    person: "author2",
    criticality: "regulatory",
    purposes: ["fraud_prevention"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: { rule: suspicious(0.8, 14) },
    precedence: 90,
    treatments: { hold: true, queue: "risk-check" },
    objectives: { availability: 0.999, latency: { thresholdMs: 50, ratio: 0.999 } },
    lifecycle: { reviewEveryDays: 60 },
    tests: [
      testCase("high score, device of yesterday", "member", {
        attributes: { fraud_score: 0.9, new_device_at: beforeTest(1) },
      }),
      testCase("high score, device known for a month", "not_member", {
        attributes: { fraud_score: 0.9, new_device_at: beforeTest(31) },
      }),
    ],
  });
  return [
    ...released(context, { author: "author2", reviewer: "reviewer2" }, first, [
      { daysAgo: 350, note: "First version" },
      { daysAgo: 201, note: "From a score of 0.75", change: (document) => withRule(document, suspicious(0.75, 14)) },
      { daysAgo: 48, note: "From a score of 0.70", change: (document) => withRule(document, suspicious(0.7, 14)) },
      {
        daysAgo: 9,
        note: "From a score of 0.55 and devices of the last 30 days",
        change: (document) => withRule(document, { all: [suspicious(0.55, 30)] }),
      },
    ]).steps,
    on(context, first.key, 8, 16.9, "operator", {
      kind: "roll back",
      toVersion: 3,
      reason: "Version 4 holds people who only changed their browser; the queue has 400 cases.",
    }),
  ];
}

export function residency(context: StoryContext): Step[] {
  const union = ["AT", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "PT", "SE"];
  const first = documentOf({
    key: "residency-eu",
    name: "Data residency, EU only",
    description: "Customers whose data is stored and served inside the European Union alone.",
    tags: ["residency"],
    team: "compliance",
    person: "author2",
    criticality: "regulatory",
    purposes: ["legal_duty"],
    regions: ["eu"],
    definition: { rule: { all: [{ attribute: "country", operator: "in", value: union.slice(0, 6) }] } },
    precedence: 100,
    treatments: { residency: "eu", pool: "gw-eu" },
    objectives: { availability: 0.9995, latency: { thresholdMs: 20, ratio: 0.999 } },
    lifecycle: { reviewEveryDays: 60 },
    tests: [
      testCase("lives in Ireland", "member", { attributes: { country: "IE" } }),
      testCase("moved to the United Kingdom", "not_member", { region: "uk", attributes: { country: "GB" } }),
    ],
  });
  return released(context, { author: "author2", reviewer: "reviewer" }, first, [
    { daysAgo: 390, note: "First version: where our own entities are" },
    {
      daysAgo: 270,
      note: "All member states that we sell in",
      change: (document) => withRule(document, { all: [{ attribute: "country", operator: "in", value: union }] }),
    },
    {
      daysAgo: 140,
      note: "Companies with a contract of their own choose themselves",
      change: (document) =>
        withRule(document, {
          all: [
            { attribute: "country", operator: "in", value: union },
            { none: [{ attribute: "plan", operator: "equals", value: "enterprise" }] },
          ],
        }),
    },
    {
      daysAgo: 51,
      note: "Served from the new pool",
      change: (document) => ({ ...document, treatments: { residency: "eu", pool: "gw-eu-2" } }),
    },
  ]).steps;
}
