import type { ReasonNode } from "../../lib/customers/contract";
import type { Finding } from "../../lib/findings";
import {
  type Condition,
  childrenOf,
  formatPath,
  groupKindOf,
  type Rule,
  type RulePath,
} from "../../lib/rules/definition";
import { conditionPhrases, groupWords } from "../../lib/rules/describe-condition";
import { sentence } from "../../lib/rules/phrase";
import type { RuleVocabulary } from "../../lib/rules/vocabulary";

const indent = "  ";

/** The rule line by line, each finding below the node that it concerns. Paths of findings begin at the rule's root. */
export function ruleLines(rule: Rule, vocabulary: RuleVocabulary, findings: readonly Finding[]): string[] {
  return nodeLines(rule, []);

  function nodeLines(node: Rule, path: RulePath): string[] {
    const kind = groupKindOf(node);
    const own = kind === undefined ? sentence(conditionPhrases(node as Condition, vocabulary)) : groupWords[kind];
    const remarks = findings.filter((finding) => finding.path === formatPath(path));
    const children =
      kind === undefined ? [] : childrenOf(node).flatMap((child, index) => nodeLines(child, [...path, kind, index]));
    const below = [...remarks.map(({ message }) => `! ${message}`), ...children];
    return [own, ...below.map((line) => indent + line)];
  }
}

/** An explanation line by line: whether each node holds for the customer, and the value that it looked at. */
export function reasonLines({ text, holds, actual, decisive, children }: ReasonNode): string[] {
  const value = actual === null ? "" : `: ${actual}`;
  const own = `${holds ? "yes" : "no "}  ${text}${value}${decisive ? "  <- decides" : ""}`;
  return [own, ...children.flatMap(reasonLines).map((line) => indent + line)];
}
