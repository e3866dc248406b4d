import { documentOf, idsOf, on, type Step, type StoryContext, testCase } from "./story";

/** Approved, and not released yet. */
export function supportQueue(context: StoryContext): Step[] {
  const document = documentOf({
    key: "support-priority",
    name: "Support queue: priority",
    description: "Customers whose tickets are answered first.",
    tags: ["support"],
    team: "support",
    person: "author",
    purposes: ["contract"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: {
      rule: {
        any: [
          { attribute: "plan", operator: "equals", value: "enterprise" },
          {
            all: [
              { attribute: "plan", operator: "in", value: ["business", "premium"] },
              { attribute: "support_tickets_90d", operator: "at_least", value: 2 },
            ],
          },
        ],
      },
      include: idsOf(context, 2, ({ region, attributes }) => region === "uk" && attributes.plan === "starter").map(
        (customerId) => ({
          customerId,
          reason: "Promised after the outage of March",
          expiresAt: context.calendar.isoDaysAgo(-120),
        }),
      ),
    },
    precedence: 20,
    treatments: { queue: "priority" },
    lifecycle: { reviewEveryDays: 180 },
    tests: [testCase("enterprise", "member", { attributes: { plan: "enterprise", support_tickets_90d: 0 } })],
  });
  return [
    on(context, document.key, 5, 9.3, "author", { kind: "write", document }),
    on(context, document.key, 4, 15.2, "author", { kind: "submit", note: "The queue that the support team agreed on" }),
    on(context, document.key, 2, 10.6, "reviewer", {
      kind: "verdict",
      verdict: "approve",
      comment: "Aoife confirmed the two by hand. To be released when the desk has its new queue.",
    }),
  ];
}

/** A first version in review that touches a special category of data. */
export function accessibleSupport(context: StoryContext): Step[] {
  const document = documentOf({
    key: "accessible-support",
    name: "Accessible support",
    description: "Customers who asked for captions, large text, a screen reader's menu or relay calls.",
    documentation: "Told to support by the customer, used for nothing but reaching support.",
    tags: ["support", "accessibility"],
    team: "support",
    person: "author2",
    criticality: "regulatory",
    purposes: ["legal_duty"],
    regions: ["eu", "uk", "us", "ca", "apac"],
    definition: { rule: { all: [{ attribute: "accessibility_needs", operator: "is_set" }] } },
    precedence: 80,
    treatments: { queue: "accessible" },
    lifecycle: { reviewEveryDays: 90 },
    tests: [
      testCase("asked for captions", "member", { attributes: { accessibility_needs: ["captions"] } }),
      testCase("asked for nothing", "not_member", { attributes: {} }),
    ],
  });
  return [
    on(context, document.key, 4, 13.4, "author2", { kind: "write", document }),
    on(context, document.key, 3, 10.0, "author2", { kind: "submit", note: "So that nobody has to explain it twice" }),
  ];
}

/** Can be submitted, and should not be yet: few answered the survey, and no customer has two plans at once. */
export function detractors(context: StoryContext): Step[] {
  const document = documentOf({
    key: "nps-detractors",
    name: "Would not recommend us",
    description: "",
    tags: ["survey"],
    team: "support",
    person: "author",
    purposes: ["service_improvement"],
    regions: ["eu", "uk"],
    definition: {
      rule: {
        all: [
          { attribute: "nps", operator: "at_most", value: 6 },
          { attribute: "plan", operator: "in", value: ["business", "enterprise"] },
          { attribute: "plan", operator: "equals", value: "premium" },
          { attribute: "support_tickets_90d", operator: "at_least", value: 1 },
        ],
      },
    },
    treatments: { queue: "call-back" },
  });
  return [on(context, document.key, 12, 15.0, "author", { kind: "write", document })];
}
