import type { Rule } from "../../../lib/rules/definition";
import type { SegmentDocument } from "../../../lib/segments/document";
import { beforeTest, documentOf, on, released, type Step, type StoryContext, testCase, withRule } from "./story";

const writer = { author: "author2", reviewer: "reviewer2" } as const;

/** Eight versions, with the ninth in review and tried in staging. */
export function dunning(context: StoryContext): Step[] {
  const first = documentOf({
    key: "dunning-stage-2",
    name: "Invoice dunning, stage 2",
    description: "Customers who get the second reminder, with a date after which access is limited.",
    documentation: "Stage 1 is sent by the invoice itself. Stage 3 is a person on the telephone.",
    tags: ["invoices"],
    team: "billing",
    person: "author2",
    criticality: "billing",
    purposes: ["billing"],
    regions: ["eu"],
    definition: { rule: overdue(2) },
    precedence: 35,
    treatments: { queue: "dunning-2", access: "limited-soon" },
    objectives: { availability: 0.995, latency: { thresholdMs: 200, ratio: 0.99 } },
    lifecycle: { reviewEveryDays: 90 },
    tests: [
      testCase("three invoices overdue", "member", { attributes: { invoices_overdue: 3, monthly_spend: 120 } }),
      testCase("pays by card", "not_member", { attributes: { monthly_spend: 120 } }),
    ],
  });
  const regions = (...keys: string[]) => {
    return (document: SegmentDocument): SegmentDocument => ({ ...document, regions: keys });
  };
  const { steps, last } = released(context, writer, first, [
    { daysAgo: 395, note: "First version" },
    { daysAgo: 340, note: "The United Kingdom", change: regions("eu", "uk") },
    { daysAgo: 290, note: "One overdue invoice is enough", change: (document) => withRule(document, overdue(1)) },
    { daysAgo: 222, note: "Not below 20 euros a month", change: (document) => withRule(document, overdue(1, 20)) },
    {
      daysAgo: 171,
      note: "Not while a ticket is open about the invoice",
      change: (document) => withRule(document, overdue(1, 20, 3)),
      comment: "Support asked for this in June. Thank you.",
    },
    { daysAgo: 120, note: "The United States", change: regions("eu", "uk", "us") },
    { daysAgo: 66, note: "Above 35 euros a month", change: (document) => withRule(document, overdue(1, 35, 3)) },
    { daysAgo: 23, note: "Canada", change: regions("eu", "uk", "us", "ca") },
  ]);
  const next = {
    ...withRule(last, overdue(1, 35, 2)),
    treatments: { queue: "dunning-2", access: "limited-in-7-days" },
  };
  return [
    ...steps,
    on(context, first.key, 3, 10.9, "author2", { kind: "write", document: next }),
    on(context, first.key, 3, 11.4, "author2", { kind: "submit", note: "Say by when access is limited" }),
    on(context, first.key, 3, 14.2, "operator", { kind: "release", environment: "staging" }),
  ];
}

function overdue(invoices: number, spend?: number, tickets?: number): Rule {
  return {
    all: [
      { attribute: "invoices_overdue", operator: "at_least", value: invoices },
      ...(spend ? [{ attribute: "monthly_spend", operator: "at_least", value: spend } as const] : []),
      ...(tickets
        ? [{ none: [{ attribute: "support_tickets_90d", operator: "at_least", value: tickets } as const] }]
        : []),
    ],
  };
}

export function paymentRetry(context: StoryContext): Step[] {
  const methods = (...values: string[]): Rule => ({
    all: [
      { attribute: "failed_payments_30d", operator: "at_least", value: 1 },
      { attribute: "payment_method", operator: "in", value: values },
    ],
  });
  const first = documentOf({
    key: "retry-soft-decline",
    name: "Payment retry, soft decline",
    description: "Payments that failed for a reason that passes by itself are tried again at night.",
    tags: ["payments"],
    team: "billing",
    person: "author2",
    criticality: "billing",
    purposes: ["contract"],
    regions: ["eu", "uk", "us", "ca"],
    definition: { rule: methods("card") },
    precedence: 50,
    treatments: { queue: "retry", retry_hours: 36 },
    objectives: { availability: 0.999, latency: { thresholdMs: 100, ratio: 0.99 } },
    lifecycle: { reviewEveryDays: 120 },
    tests: [
      testCase("card failed once", "member", { attributes: { failed_payments_30d: 1, payment_method: "card" } }),
      testCase("nothing failed", "not_member", { attributes: { failed_payments_30d: 0, payment_method: "card" } }),
    ],
  });
  const { steps, last } = released(context, writer, first, [
    { daysAgo: 260, note: "First version" },
    {
      daysAgo: 131,
      note: "Wallets decline like cards",
      change: (document) => withRule(document, methods("card", "wallet")),
    },
    {
      daysAgo: 38,
      note: "24 hours between two tries",
      change: (document) => ({ ...document, treatments: { queue: "retry", retry_hours: 24 } }),
    },
  ]);
  const next = withRule(last, methods("card", "wallet", "paypal", "sepa_debit"));
  return [
    ...steps,
    on(context, first.key, 2, 11.1, "author2", { kind: "write", document: next }),
    on(context, first.key, 2, 16.8, "author2", { kind: "submit", note: "Retry PayPal and direct debits too" }),
  ];
}

export function renewal(context: StoryContext): Step[] {
  const ends = (days: number): Rule => ({
    all: [
      { attribute: "plan", operator: "in", value: ["business", "enterprise"] },
      { attribute: "contract_ends_at", operator: "within_next", value: { n: days, unit: "days" } },
    ],
  });
  const first = documentOf({
    key: "renewal-90d",
    name: "Renewal within 90 days",
    description: "Contracts that end soon, so that an account manager calls in time.",
    tags: ["sales"],
    team: "billing",
    person: "author2",
    criticality: "strategic",
    purposes: ["contract"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: { rule: ends(60) },
    precedence: 15,
    treatments: { queue: "renewal" },
    lifecycle: { reviewEveryDays: 365 },
    tests: [
      testCase("enterprise, ends in a month", "member", {
        attributes: { plan: "enterprise", contract_ends_at: beforeTest(-30) },
      }),
      testCase("enterprise, ended yesterday", "not_member", {
        attributes: { plan: "enterprise", contract_ends_at: beforeTest(1) },
      }),
    ],
  });
  return released(context, writer, first, [
    { daysAgo: 180, note: "First version" },
    {
      daysAgo: 73,
      note: "90 days: negotiations take longer than two months",
      change: (document) => withRule(document, ends(90)),
    },
  ]).steps;
}
