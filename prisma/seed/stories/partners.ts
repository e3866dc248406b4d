import { documentOf, on, released, type Step, type StoryContext, withRule } from "./story";

/** Stands on two lists and on another segment: who keeps those need not touch this rule. */
export function earlyAccess(context: StoryContext): Step[] {
  const first = documentOf({
    key: "early-access",
    name: "Early access",
    description: "Who sees new things first: design partners, press and analysts, but nobody on hold.",
    documentation: "The press office and the partner programme keep the lists. After an upload, release this again.",
    tags: ["beta"],
    team: "platform",
    person: "author",
    purposes: ["service_improvement"],
    regions: ["eu", "uk"],
    definition: { rule: { any: [{ list: "design-partners", operator: "listed" }] } },
    treatments: { flag: "early-access" },
    lifecycle: { reviewEveryDays: 90 },
  });
  return released(context, { author: "author", reviewer: "reviewer" }, first, [
    { daysAgo: 58, note: "Design partners" },
    {
      daysAgo: 7,
      note: "Press and analysts too, and nobody whose payments are on hold",
      change: (document) =>
        withRule(document, {
          all: [
            {
              any: [
                { list: "design-partners", operator: "listed" },
                { list: "press", operator: "listed" },
              ],
            },
            { segment: "fraud-hold-device", operator: "not_member" },
          ],
        }),
    },
  ]).steps;
}

/** Rests on an attribute that is computed from events. */
export function topSpenders(context: StoryContext): Step[] {
  const spent = (least: number) => ({
    all: [
      { segment: "newsletter-weekly", operator: "member" as const },
      { attribute: "spend_365d", operator: "at_least" as const, value: least },
      { list: "press", operator: "not_listed" as const },
    ],
  });
  const first = documentOf({
    key: "top-spenders",
    name: "Top spenders",
    description: "Newsletter readers who spend most, for an invitation; not the press.",
    tags: ["mail", "loyalty"],
    team: "growth",
    person: "author",
    purposes: ["marketing"],
    regions: ["eu", "uk"],
    definition: { rule: spent(400) },
    treatments: { mail_pool: "normal", invitation: "spring" },
    lifecycle: { reviewEveryDays: 120 },
  });
  const { steps, last } = released(context, { author: "author", reviewer: "reviewer" }, first, [
    { daysAgo: 4, note: "First version, from 400 euros a year" },
  ]);
  const next = withRule(last, {
    all: [
      ...spent(600).all,
      { attribute: "first_order_at", operator: "not_within_last", value: { n: 90, unit: "days" } },
    ],
  });
  return [
    ...steps,
    on(context, first.key, 1, 9.4, "author", { kind: "write", document: next }),
    on(context, first.key, 1, 9.8, "author", {
      kind: "submit",
      note: "From 600 euros, and not in their first quarter",
    }),
  ];
}
