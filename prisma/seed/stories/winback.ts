import type { Condition, Rule } from "../../../lib/rules/definition";
import type { SegmentDocument } from "../../../lib/segments/document";
import { beforeTest, documentOf, idsOf, on, released, type Step, type StoryContext, testCase, withRule } from "./story";

type Shape = { plans?: readonly string[]; silentDays?: number; churn?: number; tickets?: boolean; failures?: boolean };

/** The longest line of versions of the demo: seven released, the eighth in review. */
export function winback(context: StoryContext): Step[] {
  const first = firstDocument();
  const shaped = (shape: Shape) => (document: SegmentDocument) => withRule(document, ruleOf(shape));
  const paying = ["premium", "business"];
  const { steps, last } = released(context, { author: "author", reviewer: "reviewer" }, first, [
    { daysAgo: 370, note: "First version" },
    { daysAgo: 318, note: "90 days of silence instead of 120", change: shaped({ silentDays: 90 }) },
    { daysAgo: 251, note: "Business customers too", change: shaped({ plans: paying, silentDays: 90 }) },
    {
      daysAgo: 199,
      note: "Only those who are likely to leave",
      change: shaped({ plans: paying, silentDays: 90, churn: 0.4 }),
      comment: "Good. Please watch how many have no score.",
    },
    {
      daysAgo: 143,
      note: "Three open tickets say as much as a score",
      change: shaped({ plans: paying, silentDays: 90, churn: 0.4, tickets: true }),
      sentBack: {
        comment: "Add a test for a customer with tickets and no score, please.",
        change: (document) => ({ ...document, tests: [...document.tests, withTickets] }),
      },
    },
    {
      daysAgo: 88,
      note: "Leave out who asked us not to write again",
      change: (document) => ({
        ...document,
        definition: { ...document.definition, exclude: askedToBeLeftAlone(context) },
      }),
    },
    {
      daysAgo: 27,
      note: "Raise the threshold to 0.50: below it the offer brought nobody back",
      change: shaped({ plans: paying, silentDays: 90, churn: 0.5, tickets: true }),
    },
  ]);
  const next: SegmentDocument = {
    ...withRule(last, ruleOf({ plans: paying, silentDays: 90, churn: 0.6, tickets: true, failures: true })),
    regions: ["eu", "uk"],
    precedence: 40,
    treatments: { ...last.treatments, offer: "winback-20" },
  };
  return [
    ...steps,
    on(context, first.key, 2, 15.4, "author", { kind: "write", document: { ...next, precedence: last.precedence } }),
    on(context, first.key, 1, 9.7, "author2", { kind: "write", document: next }),
    on(context, first.key, 1, 12.4, "author", {
      kind: "submit",
      note: "Ask only likelier leavers back, and start in the UK",
    }),
  ];
}

const withTickets = testCase("business, silent 95 days, 3 tickets, no score", "member", {
  consents: ["marketing"],
  attributes: { plan: "business", last_order_at: beforeTest(95), support_tickets_90d: 3 },
});

function firstDocument(): SegmentDocument {
  return documentOf({
    key: "winback-lapsed-premium",
    name: "Win-back: lapsed premium",
    description: "Premium customers who went quiet and are likely to cancel get one offer to come back.",
    documentation: "Measured against a holdout of 5 %; the test ends on 31 January.",
    tags: ["mail", "reactivation"],
    team: "growth",
    person: "author",
    criticality: "strategic",
    purposes: ["marketing"],
    regions: ["eu"],
    definition: { rule: ruleOf({}) },
    precedence: 25,
    exclusiveGroup: "offers",
    treatments: { offer: "winback-15", mail_pool: "low" },
    objectives: { availability: 0.99, latency: { thresholdMs: 100, ratio: 0.95 } },
    lifecycle: { reviewEveryDays: 90 },
    tests: [
      testCase("premium, silent 130 days, likely to leave", "member", {
        consents: ["marketing"],
        attributes: { plan: "premium", last_order_at: beforeTest(130), churn_score: 0.71 },
      }),
      testCase("premium, ordered 80 days ago", "not_member", {
        consents: ["marketing"],
        attributes: { plan: "premium", last_order_at: beforeTest(80), churn_score: 0.71 },
      }),
      testCase("premium, lapsed, consent withdrawn", "not_member", {
        attributes: { plan: "premium", last_order_at: beforeTest(130), churn_score: 0.71 },
      }),
    ],
  });
}

function ruleOf({ plans = ["premium"], silentDays = 120, churn, tickets = false, failures = false }: Shape): Rule {
  const signs: Condition[] = [];
  if (churn !== undefined) signs.push({ attribute: "churn_score", operator: "at_least", value: churn });
  if (tickets) signs.push({ attribute: "support_tickets_90d", operator: "at_least", value: 3 });
  if (failures) signs.push({ attribute: "failed_payments_30d", operator: "at_least", value: 2 });
  return {
    all: [
      { attribute: "plan", operator: "in", value: plans },
      { attribute: "last_order_at", operator: "not_within_last", value: { n: silentDays, unit: "days" } },
      ...(signs.length > 0 ? [{ any: signs }] : []),
    ],
  };
}

function askedToBeLeftAlone(context: StoryContext): SegmentDocument["definition"]["exclude"] {
  const { calendar } = context;
  const ids = idsOf(context, 5, ({ region, attributes }) => {
    const lastOrder = attributes.last_order_at;
    const silent = typeof lastOrder === "number" && lastOrder < calendar.daysAgo(200);
    return region === "eu" && attributes.plan === "premium" && silent;
  });
  return ids.map((customerId, index) => ({
    customerId,
    reason: "Asked support not to be written to about offers",
    ...(index === 0 ? { expiresAt: calendar.isoDaysAgo(12) } : { expiresAt: calendar.isoDaysAgo(-40 * index) }),
  }));
}
