import type { Condition } from "../../../lib/rules/definition";
import type { SegmentDocument } from "../../../lib/segments/document";
import { beforeTest, documentOf, on, released, type Step, type StoryContext, testCase, withRule } from "./story";

const writer = { author: "author", reviewer: "reviewer" } as const;

export function newsletter(context: StoryContext): Step[] {
  const reachable: Condition = { attribute: "email", operator: "is_set" };
  const first = documentOf({
    key: "newsletter-weekly",
    name: "Newsletter, weekly",
    description: "Everyone who gets the weekly newsletter.",
    documentation:
      "Sent on Thursdays at 09:00 local time by the mail sender. Leaving is one click and takes effect at once.",
    tags: ["mail", "weekly"],
    team: "growth",
    person: "author",
    purposes: ["marketing"],
    regions: ["eu"],
    definition: { rule: { all: [reachable] } },
    precedence: 5,
    treatments: { mail_pool: "bulk" },
    lifecycle: { reviewEveryDays: 180 },
    tests: [
      testCase("has an address and agreed", "member", {
        consents: ["marketing"],
        attributes: { email: "a@example.com" },
      }),
      testCase("agreed, but has no address", "not_member", { consents: ["marketing"], attributes: {} }),
      testCase("never agreed", "not_member", { attributes: { email: "a@example.com" } }),
    ],
  });
  const awake = (days: number): Condition => ({
    attribute: "last_seen_at",
    operator: "within_last",
    value: { n: days, unit: "days" },
  });
  const seen = (document: SegmentDocument, days: number): SegmentDocument => ({
    ...withRule(document, { all: [reachable, awake(days)] }),
    tests: document.tests.map((test) => ({
      ...test,
      customer: { ...test.customer, attributes: { ...test.customer.attributes, last_seen_at: beforeTest(3) } },
    })),
  });
  return released(context, writer, first, [
    { daysAgo: 412, note: "First version, European Union only" },
    { daysAgo: 305, note: "The United Kingdom joins", change: (document) => ({ ...document, regions: ["eu", "uk"] }) },
    { daysAgo: 188, note: "Leave out who has not signed in for a year", change: (document) => seen(document, 365) },
    {
      daysAgo: 96,
      note: "Half a year is enough: open rates fall to a tenth after that",
      change: (document) => seen(document, 180),
      comment: "The numbers from September convince me.",
    },
    {
      daysAgo: 34,
      note: "Start in the United States and Canada",
      change: (document) => ({ ...document, regions: ["eu", "uk", "us", "ca"] }),
    },
  ]).steps;
}

export function dormant(context: StoryContext): Step[] {
  const first = documentOf({
    key: "dormant-180d",
    name: "Dormant 180 days",
    description: "Customers who ordered once and then not for half a year.",
    tags: ["mail", "reactivation"],
    team: "growth",
    person: "author",
    purposes: ["marketing"],
    regions: ["eu", "uk", "us"],
    definition: {
      rule: { all: [{ attribute: "last_order_at", operator: "not_within_last", value: { n: 365, unit: "days" } }] },
    },
    treatments: { mail_pool: "low" },
    lifecycle: { reviewEveryDays: 90 },
    tests: [
      testCase("ordered 400 days ago", "member", {
        consents: ["marketing"],
        attributes: { last_order_at: beforeTest(400) },
      }),
      testCase("never ordered", "not_member", { consents: ["marketing"], attributes: {} }),
    ],
  });
  return released(context, writer, first, [
    { daysAgo: 240, note: "First version, a year of silence" },
    {
      daysAgo: 102,
      note: "Half a year of silence is long enough to ask",
      change: (document) =>
        withRule(document, {
          all: [{ attribute: "last_order_at", operator: "not_within_last", value: { n: 180, unit: "days" } }],
        }),
    },
  ]).steps;
}

export function trialDay(context: StoryContext): Step[] {
  const trial = (from: number, to: number): SegmentDocument["definition"]["rule"] => ({
    all: [
      { attribute: "signed_up_at", operator: "within_last", value: { n: to, unit: "days" } },
      { attribute: "signed_up_at", operator: "not_within_last", value: { n: from, unit: "days" } },
      { attribute: "plan", operator: "in", value: ["free", "starter"] },
    ],
  });
  const first = documentOf({
    key: "trial-day-10",
    name: "Trial day 10 nudge",
    description: "Trials shortly before their end, for one reminder.",
    tags: ["mail", "onboarding"],
    team: "growth",
    person: "author",
    purposes: ["marketing"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: { rule: trial(10, 14) },
    treatments: { mail_pool: "normal", nudge: "trial-ends" },
    tests: [
      testCase("joined eleven days ago", "member", {
        consents: ["marketing"],
        attributes: { plan: "free", signed_up_at: beforeTest(11) },
      }),
      testCase("joined today", "not_member", {
        consents: ["marketing"],
        attributes: { plan: "free", signed_up_at: beforeTest(0.1) },
      }),
    ],
  });
  const { steps, last } = released(context, writer, first, [
    { daysAgo: 210, note: "First version" },
    {
      daysAgo: 64,
      note: "Three days more, after the test of August",
      change: (document) => withRule(document, trial(8, 15)),
    },
  ]);
  const halfway = withRule(last, {
    all: [
      ...("all" in last.definition.rule ? last.definition.rule.all : []),
      { attribute: "plan", operator: "in", value: ["free", "starter"] },
    ],
  });
  return [...steps, on(context, first.key, 6, 16.2, "author", { kind: "write", document: halfway })];
}
