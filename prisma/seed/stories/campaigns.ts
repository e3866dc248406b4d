import type { Condition } from "../../../lib/rules/definition";
import { documentOf, idsOf, on, released, type Step, type StoryContext, testCase, withRule } from "./story";

const writer = { author: "author", reviewer: "reviewer" } as const;

export function blackFriday(context: StoryContext): Step[] {
  const { calendar } = context;
  const press = idsOf(context, 3, ({ region, consents, attributes }) => {
    const agreed = consents.includes("marketing") && consents.includes("personalisation");
    return region === "eu" && agreed && attributes.plan === "free" && attributes.orders_90d === 0;
  });
  const frequent: Condition = { attribute: "orders_90d", operator: "at_least", value: 3 };
  const first = documentOf({
    key: "bf-early",
    name: "Black Friday early access",
    description: "Customers who may shop a day before everyone else.",
    documentation: "The landing page opens on Thursday at 18:00 UTC for members, on Friday at 06:00 for all.",
    tags: ["campaign", "black-friday"],
    team: "growth",
    person: "author",
    criticality: "strategic",
    purposes: ["marketing", "personalisation"],
    regions: ["eu", "uk"],
    definition: { rule: { any: [frequent, { attribute: "lifetime_value", operator: "at_least", value: 2_000 }] } },
    precedence: 60,
    exclusiveGroup: "offers",
    treatments: { offer: "bf-early", banner: "countdown" },
    objectives: { availability: 0.999, latency: { thresholdMs: 50, ratio: 0.99 } },
    lifecycle: { reviewEveryDays: 30, expiresAt: calendar.isoDaysAgo(-6) },
    tests: [
      testCase("four orders this quarter", "member", {
        consents: ["marketing", "personalisation"],
        attributes: { orders_90d: 4 },
      }),
      testCase("four orders, prices not personal", "not_member", {
        consents: ["marketing"],
        attributes: { orders_90d: 4 },
      }),
    ],
  });
  return released(context, writer, first, [
    { daysAgo: 29, note: "First version" },
    {
      daysAgo: 19,
      note: "Press accounts for the preview, until Black Friday",
      change: (document) => ({
        ...document,
        definition: {
          ...document.definition,
          include: press.map((customerId) => ({
            customerId,
            reason: "Press account, agreed with communications",
            expiresAt: calendar.isoDaysAgo(-6),
          })),
        },
      }),
      sentBack: {
        comment: "Who are these three? Please write a reason that somebody understands in a year.",
        change: (document) => ({ ...document, tags: [...document.tags, "press"] }),
      },
    },
    {
      daysAgo: 8,
      note: "Paying plans get in too, and the United States",
      change: (document) => ({
        ...withRule(document, {
          any: [
            frequent,
            { attribute: "lifetime_value", operator: "at_least", value: 1_200 },
            { attribute: "plan", operator: "in", value: ["premium", "enterprise"] },
          ],
        }),
        regions: ["eu", "uk", "us"],
      }),
    },
  ]).steps;
}

export function referral(context: StoryContext): Step[] {
  const first = documentOf({
    key: "referral-bonus-q4",
    name: "Referral bonus Q4",
    description: "Customers who brought somebody along get a month at half price.",
    tags: ["campaign", "referral"],
    team: "growth",
    person: "author",
    purposes: ["marketing"],
    regions: ["eu", "uk", "us"],
    definition: { rule: { all: [{ attribute: "referrals_365d", operator: "at_least", value: 1 }] } },
    precedence: 20,
    exclusiveGroup: "offers",
    treatments: { offer: "referral-50" },
    lifecycle: { reviewEveryDays: 90, expiresAt: context.calendar.isoDaysAgo(-40) },
    tests: [
      testCase("brought one", "member", { consents: ["marketing"], attributes: { referrals_365d: 1 } }),
      testCase("brought nobody", "not_member", { consents: ["marketing"], attributes: { referrals_365d: 0 } }),
    ],
  });
  return [
    ...released(context, writer, first, [{ daysAgo: 41, note: "First version" }]).steps,
    on(context, first.key, 5, 17.7, "operator", {
      kind: "kill",
      reason: "The bonus was paid twice for invitations within one household. Emptied until billing has fixed it.",
    }),
  ];
}

export function partnerOffer(context: StoryContext): Step[] {
  const document = documentOf({
    key: "partner-cobrand",
    name: "Co-branded card of our partner",
    description: "Customers whom the partner bank may offer its card.",
    tags: ["partner"],
    team: "growth",
    person: "author",
    purposes: ["partners"],
    regions: ["eu", "uk"],
    definition: {
      rule: {
        all: [
          { attribute: "monthly_spend", operator: "at_least", value: 30 },
          { attribute: "failed_payments_30d", operator: "equals", value: 0 },
          { attribute: "is_business", operator: "equals", value: false },
        ],
      },
    },
    treatments: { banner: "partner-card" },
    lifecycle: { reviewEveryDays: 60 },
    tests: [
      testCase("spends 40, pays on time", "member", {
        consents: ["partners"],
        attributes: { monthly_spend: 40, failed_payments_30d: 0, is_business: false },
      }),
    ],
  });
  const step = on.bind(null, context, document.key);
  return [
    step(9, 10.1, "author", { kind: "write", document }),
    step(9, 15.8, "author", { kind: "submit", note: "A first group for the partner's card" }),
    step(8, 9.4, "reviewer", {
      kind: "verdict",
      verdict: "request_changes",
      comment:
        "Failed payments say something about a person's money. The partner must not be able to infer them from who gets the banner: take the condition out, or show that the bank asked for it in the contract.",
    }),
    step(7, 14.6, "author", {
      kind: "write",
      document: { ...document, documentation: "The partner sees only who clicked, never who was a member." },
    }),
    step(7, 14.9, "author", { kind: "submit", note: "Says now what the partner sees" }),
    step(4, 11.3, "reviewer2", {
      kind: "verdict",
      verdict: "request_changes",
      comment: "The condition on failed payments is still there. Ifeoma's question stands.",
    }),
  ];
}
