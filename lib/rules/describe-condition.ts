import type { Catalogue } from "../catalogue/definition";
import {
  type AttributeCondition,
  type Condition,
  childrenOf,
  type GuardLeaf,
  groupKindOf,
  type TreeNode,
} from "./definition";
import { describeNumber, valueWords } from "./describe-value";
import { operatorWords } from "./operator-words";
import { lowerFirst, named, type Phrase, plain, quiet, sentence, valued } from "./phrase";
import { isPinned } from "./pinned-versions";
import { oneOf } from "./rule-finding";
import { attributeName, type RuleVocabulary } from "./vocabulary";

/** What names a guarded tree may use; a purpose or region without a name goes by its key. */
export type NodeVocabulary = RuleVocabulary & Partial<Pick<Catalogue, "purposes" | "regions">>;

/** The subject of a condition: the attribute's name, or the segment's or list's. */
export function subjectName(condition: Condition, vocabulary: RuleVocabulary): string {
  if ("attribute" in condition) return attributeName(condition.attribute, vocabulary);
  return "segment" in condition
    ? (vocabulary.segments?.get(condition.segment)?.name ?? condition.segment)
    : (vocabulary.lists?.get(condition.list)?.name ?? condition.list);
}

/** "Plan is one of premium, business", "Segment member of Payers v3": a line of the rule, as editor and review show it. */
export function conditionPhrases(condition: Condition, vocabulary: RuleVocabulary): Phrase[] {
  const words = ` ${operatorWords[condition.operator] ?? condition.operator} `;
  if ("segment" in condition || "list" in condition) {
    const kind = named("segment" in condition ? "Segment" : "List");
    const version = isPinned(condition) ? [plain(" "), valued(`v${condition.version}`)] : [];
    return [kind, quiet(words), valued(subjectName(condition, vocabulary)), ...version];
  }
  const subject = named(subjectName(condition, vocabulary));
  const value = valueText(condition, vocabulary, ", ");
  return value === ""
    ? [subject, quiet(words.trimEnd())]
    : [subject, quiet(words), valued(value), ...unitOf(condition, vocabulary)];
}

export function isInstantCondition({ attribute }: AttributeCondition, vocabulary: RuleVocabulary): boolean {
  return vocabulary.attributes.get(attribute)?.type === "timestamp";
}

export function unitOf(condition: AttributeCondition, vocabulary: RuleVocabulary): Phrase[] {
  const unit = vocabulary.attributes.get(condition.attribute)?.unit;
  return unit === undefined || condition.value === undefined ? [] : [plain(` ${unit}`)];
}

function valueText(condition: AttributeCondition, vocabulary: RuleVocabulary, separator: string): string {
  const words = valueWords(condition.value, isInstantCondition(condition, vocabulary));
  return condition.operator === "between" ? words.join(" and ") : words.join(separator);
}

const shortWords: Partial<Record<AttributeCondition["operator"], string>> = {
  in: "",
  not_in: "not",
  within_last: "within",
  not_within_last: "not within",
};

/** "Plan premium or business", "Last order not within 90 days": a step of the funnel. */
export function describeCondition(condition: Condition, vocabulary: RuleVocabulary): string {
  const name = subjectName(condition, vocabulary);
  if ("segment" in condition) return condition.operator === "member" ? `In ${name}` : `Not in ${name}`;
  if ("list" in condition) return condition.operator === "listed" ? `On ${name}` : `Not on ${name}`;
  const words = valueWords(condition.value, isInstantCondition(condition, vocabulary));
  const value = condition.operator === "between" ? words.join(" and ") : joinedAs(condition.operator)(words);
  const isText = typeof condition.value === "string" && condition.operator === "equals";
  const operator = isText
    ? ""
    : (shortWords[condition.operator] ?? operatorWords[condition.operator] ?? condition.operator);
  const unit = sentence(unitOf(condition, vocabulary)).trim();
  return [name, operator, value, unit].filter((part) => part !== "").join(" ");
}

function joinedAs(operator: AttributeCondition["operator"]): (words: readonly string[]) => string {
  if (operator !== "contains_all") return oneOf;
  return (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
}

export const groupWords = { all: "All of", any: "Any of", none: "None of" } as const;
const mostNames = 3;

/** Any node of a rule or guarded rule in a few words: a condition, "Any of: churn score, support tickets", a guard. */
export function describeNode(node: TreeNode, vocabulary: NodeVocabulary): string {
  if ("guard" in node) return describeGuard(node, vocabulary);
  const kind = groupKindOf(node);
  if (kind === undefined) return describeCondition(node as Condition, vocabulary);
  const [only, ...others] = childrenOf(node);
  if (only && "guard" in only && only.guard === "objection" && others.length === 0 && kind === "none")
    return `No objection to ${purposeName(only.purpose, vocabulary)}`;
  const names = [...new Set(leavesOf(node).map((leaf) => lowerFirst(leafName(leaf, vocabulary))))];
  const rest = names.length > mostNames ? `, ${names.length - mostNames} more` : "";
  return `${groupWords[kind]}: ${names.slice(0, mostNames).join(", ")}${rest}`;
}

function leafName(leaf: Condition | GuardLeaf, vocabulary: NodeVocabulary): string {
  return "guard" in leaf ? describeGuard(leaf, vocabulary) : subjectName(leaf, vocabulary);
}

/** The conditions and guards of a tree in order. */
export function leavesOf(node: TreeNode): (Condition | GuardLeaf)[] {
  if ("all" in node || "any" in node || "none" in node) return childrenOf(node).flatMap(leavesOf);
  return [node];
}

export function purposeName(key: string, vocabulary: NodeVocabulary): string {
  return lowerFirst(vocabulary.purposes?.get(key)?.name ?? key);
}

function describeGuard(guard: GuardLeaf, vocabulary: NodeVocabulary): string {
  switch (guard.guard) {
    case "consent":
      return `Consent for ${purposeName(guard.purpose, vocabulary)}`;
    case "objection":
      return `Objection to ${purposeName(guard.purpose, vocabulary)}`;
    case "region":
      return guard.regions.length === 0
        ? "No region"
        : `Region ${oneOf(guard.regions.map((key) => vocabulary.regions?.get(key)?.name ?? key))}`;
    case "listed":
      return guard.entries.length === 1
        ? "1 customer listed by hand"
        : `${describeNumber(guard.entries.length)} customers listed by hand`;
    case "rollout":
      return `Rollout of ${describeNumber(guard.below / 100)} %`;
  }
}
