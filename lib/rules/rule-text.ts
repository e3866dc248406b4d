import canonicalize from "canonicalize";
import type { Rule } from "./definition";

/** The same text for the same rule, in whatever order a database gives its fields back. */
export function ruleText(rule: Rule): string {
  return canonicalize(rule) ?? "";
}

export function isSameRule(a: Rule, b: Rule): boolean {
  return a === b || ruleText(a) === ruleText(b);
}
