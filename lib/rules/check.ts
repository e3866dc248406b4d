import { type Finding, isBlocking } from "../findings";
import { checkBounds, isObject } from "./check-bounds";
import { type CheckedNode, checkCondition, unknownFields } from "./check-condition";
import { checkReferences } from "./check-references";
import { notAList, notARule } from "./check-structure";
import { type GroupKind, groupKinds, type Rule, type RulePath } from "./definition";
import { findContradictions } from "./find-contradictions";
import { group } from "./group";
import { blocking } from "./rule-finding";
import type { RuleVocabulary } from "./vocabulary";

/** Looking for what was meant takes time for each unknown name; beyond these, an author has enough to do. */
const enoughFindings = 20;

export type RuleCheck =
  /** The findings of an accepted rule are warnings. */
  | { readonly ok: true; readonly rule: Rule; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Turns unknown input into a rule, or says what is wrong, where, and what would be accepted. The rule is built anew:
 * nothing of the input but checked values reaches it. Paths of findings begin at the rule's root. `ownKey` is the
 * segment that the rule is for: no reference may lead back to it.
 */
export function checkRule(input: unknown, vocabulary: RuleVocabulary, ownKey?: string): RuleCheck {
  const breaches = checkBounds(input);
  if (breaches.length > 0) return { ok: false, findings: breaches };
  const { node, findings } = checkNode(input, [], vocabulary);
  if (node === undefined) return { ok: false, findings };
  const ofReferences = checkReferences(node, vocabulary, ownKey);
  if (ofReferences.some(isBlocking)) return { ok: false, findings: ofReferences };
  return { ok: true, rule: node, findings: [...ofReferences, ...findContradictions(node)] };
}

/** Recursion is safe: the bounds have been checked. */
function checkNode(given: unknown, path: RulePath, vocabulary: RuleVocabulary): CheckedNode<Rule> {
  if (!isObject(given)) return { findings: [notARule(given, path)] };
  const kind = groupKinds.find((each) => Object.hasOwn(given, each));
  return kind === undefined ? checkCondition(given, path, vocabulary) : checkGroup(given, kind, path, vocabulary);
}

function checkGroup(given: object, kind: GroupKind, path: RulePath, vocabulary: RuleVocabulary): CheckedNode<Rule> {
  const surplus = unknownFields(given, [kind], path);
  if (surplus.length > 0) return { findings: surplus };
  const children: unknown = Reflect.get(given, kind);
  const place: RulePath = [...path, kind];
  if (!Array.isArray(children)) return { findings: [notAList(children, kind, path)] };
  if (children.length === 0) {
    const resolution = "Add a condition to the group, or remove the group.";
    return { findings: [blocking("empty-group", place, "A group has no conditions.", resolution)] };
  }
  const nodes: Rule[] = [];
  const findings: Finding[] = [];
  for (const [index, child] of children.entries()) {
    const checked = checkNode(child, [...place, index], vocabulary);
    if (checked.node !== undefined) nodes.push(checked.node);
    findings.push(...checked.findings);
    if (findings.length >= enoughFindings) break;
  }
  return nodes.length < children.length ? { findings } : { node: group(kind, nodes), findings: [] };
}
