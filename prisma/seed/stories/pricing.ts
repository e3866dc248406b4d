import { beforeTest, documentOf, on, released, type Step, type StoryContext, testCase, withRule } from "./story";

const writer = { author: "author2", reviewer: "reviewer" } as const;

export function loyal(context: StoryContext): Step[] {
  const first = documentOf({
    key: "loyal-3y",
    name: "Loyal, 3 years",
    description: "Customers of three years and more keep the price they know.",
    tags: ["prices", "loyalty"],
    team: "pricing",
    person: "author2",
    criticality: "strategic",
    purposes: ["contract", "personalisation"],
    regions: ["eu", "uk", "us"],
    definition: {
      rule: { all: [{ attribute: "signed_up_at", operator: "not_within_last", value: { n: 1_096, unit: "days" } }] },
    },
    precedence: 30,
    exclusiveGroup: "offers",
    treatments: { offer: "loyal-10", price_list: "loyal-2025" },
    objectives: { availability: 0.999, latency: { thresholdMs: 50, ratio: 0.99 } },
    lifecycle: { reviewEveryDays: 120 },
    tests: [
      testCase("customer for five years", "member", {
        consents: ["personalisation"],
        attributes: { signed_up_at: beforeTest(1_830), plan: "pro" },
      }),
      testCase("customer for two years", "not_member", {
        consents: ["personalisation"],
        attributes: { signed_up_at: beforeTest(730), plan: "pro" },
      }),
    ],
  });
  return released(context, writer, first, [
    { daysAgo: 280, note: "First version" },
    {
      daysAgo: 150,
      note: "Paying plans only",
      change: (document) =>
        withRule(document, {
          all: [
            { attribute: "signed_up_at", operator: "not_within_last", value: { n: 1_096, unit: "days" } },
            { none: [{ attribute: "plan", operator: "equals", value: "free" }] },
          ],
        }),
      comment: "Checked against the invoices of May.",
    },
    {
      daysAgo: 2,
      note: "The price list of next year, for a quarter of them first",
      change: (document) => ({ ...document, treatments: { offer: "loyal-10", price_list: "loyal-2026" } }),
      rollout: 25,
    },
  ]).steps;
}

export function studentDiscount(context: StoryContext): Step[] {
  const first = documentOf({
    key: "student-discount",
    name: "Student discount",
    description: "Proven students pay the student price.",
    tags: ["prices", "students"],
    team: "pricing",
    person: "author2",
    purposes: ["contract"],
    regions: ["eu", "uk"],
    definition: { rule: { all: [{ attribute: "is_student", operator: "equals", value: true }] } },
    precedence: 30,
    treatments: { price_list: "student" },
    lifecycle: { reviewEveryDays: 180 },
    tests: [
      testCase("a student", "member", { attributes: { is_student: true, plan: "starter" } }),
      testCase("not known to be one", "not_member", { attributes: { plan: "starter" } }),
    ],
  });
  return released(context, writer, first, [
    { daysAgo: 330, note: "First version" },
    {
      daysAgo: 205,
      note: "The United States too",
      change: (document) => ({ ...document, regions: ["eu", "uk", "us"] }),
    },
    {
      daysAgo: 52,
      note: "Not for plans that are sold to companies",
      change: (document) =>
        withRule(document, {
          all: [
            { attribute: "is_student", operator: "equals", value: true },
            { attribute: "plan", operator: "in", value: ["free", "starter", "pro", "premium"] },
          ],
        }),
    },
  ]).steps;
}

/** Cannot be submitted: no purpose is set, and one of its tests fails. */
export function studentDiscountNextYear(context: StoryContext): Step[] {
  const document = documentOf({
    key: "student-discount-2027",
    name: "Student discount 2027",
    description: "Students and those who graduated within the last year.",
    tags: ["prices", "students"],
    team: "pricing",
    person: "author",
    regions: ["eu", "uk", "us"],
    definition: {
      rule: {
        all: [
          { attribute: "is_student", operator: "equals", value: true },
          { attribute: "signed_up_at", operator: "within_last", value: { n: 1_460, unit: "days" } },
        ],
      },
    },
    precedence: 31,
    treatments: { price_list: "student-2027" },
    tests: [
      testCase("student", "member", { attributes: { is_student: true, signed_up_at: beforeTest(100) } }),
      testCase("graduate", "member", { attributes: { is_student: false, signed_up_at: beforeTest(100) } }),
    ],
  });
  return [on(context, document.key, 1, 17.2, "author", { kind: "write", document })];
}

export function priceTest(context: StoryContext): Step[] {
  const document = documentOf({
    key: "price-test-arm-b",
    name: "Price test, arm B",
    description: "Half of the starter customers see the price with the annual plan first.",
    tags: ["experiment"],
    team: "pricing",
    person: "author2",
    purposes: ["personalisation"],
    regions: ["us"],
    definition: {
      rule: {
        all: [
          { attribute: "plan", operator: "equals", value: "starter" },
          { attribute: "devices", operator: "contains_any", value: ["web", "desktop"] },
        ],
      },
    },
    treatments: { flag: "annual-first" },
    lifecycle: { reviewEveryDays: 30 },
    tests: [
      testCase("starter on the web", "member", {
        region: "us",
        consents: ["personalisation"],
        attributes: { plan: "starter", devices: ["web"] },
      }),
    ],
  });
  return [
    on(context, document.key, 60, 10.3, "author2", { kind: "write", document }),
    on(context, document.key, 59, 9.1, "author2", { kind: "submit", note: "Arm B of the price test" }),
    on(context, document.key, 57, 16.4, "author2", { kind: "withdraw", note: "Legal wants to see the test first" }),
  ];
}

export function surcharge(context: StoryContext): Step[] {
  const document = documentOf({
    key: "surcharge-by-language",
    name: "Surcharge by language",
    description: "Customers whose support costs more because they are served in another language.",
    tags: ["prices"],
    team: "pricing",
    person: "author2",
    criticality: "billing",
    purposes: ["billing"],
    regions: ["eu"],
    definition: {
      rule: {
        all: [
          { attribute: "country", operator: "in", value: ["DE", "FR", "IT"] },
          { attribute: "language", operator: "not_in", value: ["de", "fr", "it"] },
        ],
      },
    },
    treatments: { price_list: "service-plus" },
    tests: [testCase("English in Germany", "member", { attributes: { country: "DE", language: "en" } })],
  });
  return [
    on(context, document.key, 33, 11.6, "author2", { kind: "write", document }),
    on(context, document.key, 33, 13.0, "author2", {
      kind: "submit",
      note: "Cover what service in a second language costs",
    }),
    on(context, document.key, 31, 9.9, "reviewer2", {
      kind: "verdict",
      verdict: "reject",
      comment:
        "Language stands in for origin. A price that follows it is discrimination, whatever the costs are. There is no version of this that I could approve.",
    }),
  ];
}
