import type { Catalogue } from "../catalogue/definition";
import type { Rule } from "../rules/definition";
import { fittingAttribute, type KnownStatistics, type Wanted } from "./fitting-attribute";
import { premiumValues, riskThreshold, upperThreshold } from "./template-values";

export const templateKeys = [
  "lapsed",
  "high_value",
  "at_risk",
  "premium_tier",
  "new_customers",
  "marketing_consent",
  "heavy_users",
] as const;
export type TemplateKey = (typeof templateKeys)[number];

/** A rule to begin with, filled from the catalogue; or what the catalogue lacks for it. */
export type SegmentTemplate = {
  readonly key: TemplateKey;
  readonly name: string;
  /** Whom it takes, in a line. */
  readonly description: string;
} & (
  | { readonly rule: Rule; readonly purposes: readonly string[]; readonly needs?: never }
  | { readonly needs: string; readonly rule?: never; readonly purposes?: never }
);

type Filled = { readonly rule: Rule; readonly purposes?: readonly string[] };
type Fill = (catalogue: Catalogue, statistics: KnownStatistics) => Filled | undefined;
type Recipe = Pick<SegmentTemplate, "name" | "description"> & {
  /** What the catalogue must have, said where it has not. */
  readonly needs: string;
  readonly fill: Fill;
};

const wanted = {
  lastOrder: {
    type: "timestamp",
    words: ["order", "purchase", "bought", "booking", "seen", "active", "login", "last"],
  },
  spend: { type: "number", words: ["spend", "revenue", "turnover", "value", "clv", "ltv", "amount"] },
  churn: { type: "number", words: ["churn", "attrition", "leave"] },
  tier: { type: "string", words: ["plan", "tier", "tariff", "package", "subscription", "level"] },
  signUp: { type: "timestamp", words: ["signed", "sign", "signup", "registered", "joined", "since", "created"] },
  usage: { type: "number", words: ["usage", "calls", "sessions", "requests", "logins", "visits", "minutes", "orders"] },
} as const satisfies Record<string, Wanted>;

const recipes: Record<TemplateKey, Recipe> = {
  lapsed: {
    name: "Lapsed customers",
    description: "Ordered before, but not within the last 90 days.",
    needs: "a time of the last order or visit",
    fill: withAttribute(wanted.lastOrder, (attribute, { purposes }) => ({
      rule: { all: [{ attribute, operator: "not_within_last", value: { n: 90, unit: "days" } }] },
      purposes: marketingOf(purposes),
    })),
  },
  high_value: {
    name: "High value",
    description: "Spend far more than most.",
    needs: "a number for what a customer spends or is worth",
    fill: withAttribute(wanted.spend, (attribute, _catalogue, statistics) => ({
      rule: { all: [{ attribute, operator: "at_least", value: upperThreshold(statistics.get(attribute), 100) }] },
    })),
  },
  at_risk: {
    name: "At risk of leaving",
    description: "A churn score from which customers usually leave.",
    needs: "a churn score",
    fill: withAttribute(wanted.churn, (attribute, { purposes }, statistics) => ({
      rule: { all: [{ attribute, operator: "at_least", value: riskThreshold(statistics.get(attribute)) }] },
      purposes: marketingOf(purposes),
    })),
  },
  premium_tier: {
    name: "Premium tier",
    description: "On one of the upper plans.",
    needs: "a plan or tier as text, with a value that reads like an upper one",
    fill: withAttribute(wanted.tier, (attribute, _catalogue, statistics) => {
      const value = premiumValues(statistics.get(attribute));
      return value.length === 0 ? undefined : { rule: { all: [{ attribute, operator: "in", value }] } };
    }),
  },
  new_customers: {
    name: "New customers",
    description: "Joined within the last 30 days.",
    needs: "a time of signing up",
    fill: withAttribute(wanted.signUp, (attribute) => ({
      rule: { all: [{ attribute, operator: "within_last", value: { n: 30, unit: "days" } }] },
    })),
  },
  marketing_consent: {
    name: "Consented for marketing",
    description: "Everyone who agreed to marketing; the guard of the purpose asks for the consent.",
    needs: "a purpose for marketing that rests on consent, and an attribute",
    fill: (catalogue, statistics) => {
      const purposes = marketingOf(catalogue.purposes, "consent");
      const rule = everyone(catalogue, statistics);
      return rule && purposes.length > 0 ? { rule, purposes } : undefined;
    },
  },
  heavy_users: {
    name: "Heavy users",
    description: "Use the product far more than most.",
    needs: "a number for how much a customer uses the product",
    fill: withAttribute(wanted.usage, (attribute, _catalogue, statistics) => ({
      rule: { all: [{ attribute, operator: "at_least", value: upperThreshold(statistics.get(attribute), 10) }] },
    })),
  },
};

/** Every template over a catalogue. Statistics make its values fit the data; without them it has plain ones. */
export function segmentTemplates(catalogue: Catalogue, statistics: KnownStatistics = new Map()): SegmentTemplate[] {
  return templateKeys.map((key) => {
    const { name, description, needs, fill } = recipes[key];
    const filled = fill(catalogue, statistics);
    if (!filled) return { key, name, description, needs };
    return { key, name, description, rule: filled.rule, purposes: filled.purposes ?? [] };
  });
}

/** The attributes whose statistics the templates would read. */
export function attributesOfTemplates(catalogue: Catalogue): string[] {
  const fitting = Object.values(wanted).map((each) => fittingAttribute(catalogue.attributes.values(), each, new Map()));
  return [...new Set(fitting.flatMap((attribute) => (attribute ? [attribute.key] : [])))].sort();
}

function withAttribute(
  want: Wanted,
  fill: (attribute: string, catalogue: Catalogue, statistics: KnownStatistics) => Filled | undefined,
): Fill {
  return (catalogue, statistics) => {
    const attribute = fittingAttribute(catalogue.attributes.values(), want, statistics);
    return attribute && fill(attribute.key, catalogue, statistics);
  };
}

const marketingWords = /market|newsletter|promotion|advert/;

function marketingOf(purposes: Catalogue["purposes"], basis?: "consent"): string[] {
  const found = [...purposes.values()].find(
    ({ key, name, lawfulBasis }) =>
      marketingWords.test(`${key} ${name}`.toLowerCase()) && (basis === undefined || lawfulBasis === basis),
  );
  return found ? [found.key] : [];
}

/** What everyone meets, over an attribute that customers usually have. */
function everyone({ attributes }: Catalogue, statistics: KnownStatistics): Rule | undefined {
  const usual = [wanted.signUp, wanted.tier].map((each) => fittingAttribute(attributes.values(), each, statistics));
  const any = [...attributes.values()].find(({ labels }) => !labels.includes("special"));
  const attribute = [...usual, any].find((each) => each !== undefined)?.key;
  if (attribute === undefined) return undefined;
  const set: Rule = { attribute, operator: "is_set" };
  if (statistics.get(attribute)?.missing === 0) return { all: [set] };
  return { any: [set, { attribute, operator: "is_not_set" }] };
}
