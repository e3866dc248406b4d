import { type GuardedRule, guardedRule } from "../../lib/guards/guarded-rule";
import type { Rule } from "../../lib/rules/definition";
import { benchCatalogue } from "./catalogue";

export function benchSegment(rule: Rule, purposes = ["marketing"], regions = ["eu", "uk", "us"]): GuardedRule {
  const definition = { rule, include: [], exclude: [] };
  return guardedRule({ key: "bench", purposes, regions, definition }, benchCatalogue);
}

const active: Rule = { attribute: "active", operator: "equals", value: true };
const paying: Rule = { attribute: "plan", operator: "in", value: ["plus", "premium", "business"] };
const lapsed: Rule = { attribute: "last_seen_at", operator: "not_within_last", value: { n: 90, unit: "days" } };
const recent: Rule = { attribute: "last_seen_at", operator: "within_last", value: { n: 180, unit: "days" } };

/** Segments as a company has them: each of three conditions, some of which several have in common. */
export const twentySegments: readonly GuardedRule[] = Array.from({ length: 20 }, (_, n) => {
  const third: Rule[] = [
    { attribute: "spend", operator: "at_least", value: 20 * n },
    { attribute: "orders", operator: "at_least", value: 2 * n },
    { attribute: "churn", operator: "less_than", value: 0.3 + n / 40 },
    { attribute: "tags", operator: "contains_any", value: ["vip", "beta", "family", "gift"].slice(n % 4) },
    { attribute: "balance", operator: "between", value: [-100, 100 + 30 * n] },
  ];
  const all = [n % 2 === 0 ? active : paying, n % 3 === 0 ? lapsed : recent, third[n % third.length] ?? active];
  return benchSegment({ all }, n % 4 === 0 ? ["marketing", "research"] : ["marketing"]);
});
