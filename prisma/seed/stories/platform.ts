import type { Rule } from "../../../lib/rules/definition";
import { documentOf, on, released, type Step, type StoryContext, testCase, withRule } from "./story";

const writer = { author: "author", reviewer: "reviewer2" } as const;

export function highVolume(context: StoryContext): Step[] {
  const calls = (least: number): Rule => ({ all: [{ attribute: "api_calls_7d", operator: "at_least", value: least }] });
  const first = documentOf({
    key: "api-high-volume",
    name: "High API volume",
    description: "Customers whose traffic gets a pool and a rate limit of its own.",
    tags: ["api", "limits"],
    team: "platform",
    person: "author",
    criticality: "operational",
    purposes: ["contract"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: { rule: calls(500_000) },
    precedence: 20,
    treatments: { pool: "gw-2", rate_limit: 400 },
    objectives: { availability: 0.9995, latency: { thresholdMs: 20, ratio: 0.99 } },
    lifecycle: { reviewEveryDays: 90 },
    tests: [
      testCase("a million calls a week", "member", { attributes: { api_calls_7d: 1_000_000 } }),
      testCase("no key", "not_member", { attributes: {} }),
    ],
  });
  const { steps, last } = released(context, writer, first, [
    { daysAgo: 301, note: "First version" },
    { daysAgo: 160, note: "From 400,000 calls a week", change: (document) => withRule(document, calls(400_000)) },
    { daysAgo: 45, note: "From 250,000: the pool has room", change: (document) => withRule(document, calls(250_000)) },
  ]);
  const next = { ...withRule(last, calls(200_000)), treatments: { pool: "gw-2", rate_limit: 250 } };
  return [
    ...steps,
    on(context, first.key, 1, 10.2, "author", { kind: "write", document: next }),
    on(context, first.key, 1, 11.0, "author", {
      kind: "submit",
      note: "Rate limit 400 → 250, from 200,000 calls a week",
    }),
  ];
}

export function overQuota(context: StoryContext): Step[] {
  const first = documentOf({
    key: "free-over-quota",
    name: "Free plan over quota",
    description: "Free customers whose calls are slowed down until the week ends.",
    tags: ["api", "limits"],
    team: "platform",
    person: "author",
    purposes: ["contract"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: {
      rule: {
        all: [
          { attribute: "plan", operator: "equals", value: "free" },
          { attribute: "api_calls_7d", operator: "greater_than", value: 10_000 },
        ],
      },
    },
    precedence: 10,
    treatments: { rate_limit: 5 },
    lifecycle: { reviewEveryDays: 30, expiresAt: context.calendar.isoDaysAgo(-10) },
    tests: [
      testCase("free, 12,000 calls", "member", { attributes: { plan: "free", api_calls_7d: 12_000 } }),
      testCase("free, exactly 10,000 calls", "not_member", { attributes: { plan: "free", api_calls_7d: 10_000 } }),
    ],
  });
  return released(context, writer, first, [
    { daysAgo: 230, note: "First version" },
    {
      daysAgo: 26,
      note: "Ends with the new plans",
      change: (document) => ({ ...document, tags: [...document.tags, "ends-soon"] }),
    },
  ]).steps;
}

/** In staging alone: staging takes what is submitted, production what is approved. */
export function newCheckout(context: StoryContext): Step[] {
  const document = documentOf({
    key: "checkout-next",
    name: "New checkout",
    description: "Who sees the new checkout while it is being tried.",
    tags: ["experiment"],
    team: "platform",
    person: "author",
    purposes: ["service_improvement"],
    regions: ["eu", "uk"],
    definition: {
      rule: {
        all: [
          { attribute: "devices", operator: "contains_any", value: ["web", "ios"] },
          { attribute: "orders_90d", operator: "at_least", value: 1 },
        ],
      },
    },
    treatments: { flag: "checkout-next" },
    lifecycle: { reviewEveryDays: 60 },
    tests: [testCase("orders on the web", "member", { attributes: { devices: ["web"], orders_90d: 2 } })],
  });
  return [
    on(context, document.key, 14, 13.6, "author", { kind: "write", document }),
    on(context, document.key, 14, 15.1, "author", { kind: "submit", note: "To be tried in staging for two weeks" }),
    on(context, document.key, 13, 9.5, "operator", { kind: "release", environment: "staging" }),
  ];
}

export function secondFactor(context: StoryContext): Step[] {
  const first = documentOf({
    key: "second-factor-nudge",
    name: "Second factor: ask again",
    description: "Accounts worth protecting that still sign in with a password alone.",
    tags: ["security"],
    team: "platform",
    person: "author",
    purposes: ["contract"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: {
      rule: {
        all: [
          { attribute: "two_factor", operator: "equals", value: false },
          { attribute: "plan", operator: "in", value: ["business", "enterprise"] },
        ],
      },
    },
    treatments: { nudge: "second-factor" },
    lifecycle: { reviewEveryDays: 365 },
    tests: [
      testCase("business without", "member", { attributes: { plan: "business", two_factor: false } }),
      testCase("business, not known", "not_member", { attributes: { plan: "business" } }),
    ],
  });
  return released(context, writer, first, [{ daysAgo: 77, note: "First version" }]).steps;
}

export function instantPayouts(context: StoryContext): Step[] {
  const first = documentOf({
    key: "beta-instant-payouts",
    name: "Beta: instant payouts",
    description: "Business customers who get their money the same day while we learn what it costs.",
    tags: ["beta"],
    team: "platform",
    person: "author",
    criticality: "strategic",
    purposes: ["contract"],
    regions: ["eu", "uk"],
    definition: {
      rule: {
        all: [
          { attribute: "is_business", operator: "equals", value: true },
          { attribute: "monthly_spend", operator: "at_least", value: 50 },
          { none: [{ attribute: "fraud_score", operator: "at_least", value: 0.5 }] },
        ],
      },
    },
    precedence: 45,
    treatments: { flag: "instant-payouts", payout_hours: 4 },
    objectives: { availability: 0.999, latency: { thresholdMs: 50, ratio: 0.99 } },
    lifecycle: { reviewEveryDays: 30, expiresAt: context.calendar.isoDaysAgo(-9) },
    tests: [
      testCase("business, 80 euros, no suspicion", "member", {
        attributes: { is_business: true, monthly_spend: 80, fraud_score: 0.1 },
      }),
      testCase("business, suspicious", "not_member", {
        attributes: { is_business: true, monthly_spend: 80, fraud_score: 0.8 },
      }),
    ],
  });
  return released(context, writer, first, [
    { daysAgo: 36, note: "First version, one in ten", rollout: 10 },
    {
      daysAgo: 22,
      note: "One in four",
      change: (document) => ({ ...document, documentation: "Two weeks without a loss at one in ten." }),
      rollout: 25,
    },
    {
      daysAgo: 1,
      note: "Three in five",
      change: (document) => ({ ...document, documentation: "Four weeks without a loss." }),
      rollout: 60,
    },
  ]).steps;
}
