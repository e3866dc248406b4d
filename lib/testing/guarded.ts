import { type GuardedRule, guardedRule } from "../guards/guarded-rule";
import type { Rule } from "../rules/definition";

/** Whom the rule takes among those who live in the region, with no other guard, list or rollout. */
export function guarded(rule: Rule, region: string): GuardedRule {
  const definition = { rule, include: [], exclude: [] };
  return guardedRule({ key: "segment", purposes: [], regions: [region], definition }, { purposes: new Map() });
}
