import {
  type AttributeCondition,
  type Condition,
  childrenOf,
  type GroupKind,
  groupKindOf,
  type Rule,
} from "./definition";
import { isInstantCondition, subjectName, unitOf } from "./describe-condition";
import { valueWords } from "./describe-value";
import { operatorWords } from "./operator-words";
import { lowerFirst, named, type Phrase, plain, quiet, valued } from "./phrase";
import type { RuleVocabulary } from "./vocabulary";

/** The rule as an English sentence that names every condition. */
export function describe(rule: Rule, vocabulary: RuleVocabulary): Phrase[] {
  const kind = groupKindOf(rule);
  if (kind === undefined) return [plain("Customers "), ...clause(rule as Condition, vocabulary), plain(".")];
  if (kind !== "all") return [plain("Customers for whom "), ...list(rule, vocabulary), plain(".")];
  const children = childrenOf(rule);
  const positive = children.filter((child) => groupKindOf(child) !== "none");
  const negative = children.filter((child) => groupKindOf(child) === "none");
  const clauses = [
    ...positive.flatMap((child, index) => positiveClause(child, index, positive, vocabulary)),
    ...negative.flatMap((child, index) => {
      const before = index === 0 && positive.length === 0 ? "for whom " : index === 0 ? "; but " : "; and ";
      return [quiet(before), ...list(child, vocabulary)];
    }),
  ];
  return [plain("Customers "), ...clauses, plain(".")];
}

function positiveClause(rule: Rule, index: number, siblings: readonly Rule[], vocabulary: RuleVocabulary): Phrase[] {
  const before = siblings[index - 1];
  const comma = before === undefined ? "" : groupKindOf(before) === undefined ? ", " : "; ";
  const and = index > 0 && index === siblings.length - 1 ? "and " : "";
  if (groupKindOf(rule) === undefined)
    return [plain(comma + and), ...clause(rule as Condition, vocabulary)].filter(isFilled);
  return [quiet(comma + (index === 0 ? "for whom " : and)), ...list(rule, vocabulary)].filter(isFilled);
}

function isFilled({ text }: Phrase): boolean {
  return text !== "";
}

const listWords = { all: "all of", any: "any of", none: "none of" } as const satisfies Record<GroupKind, string>;

/** "any of: a, b, all of (c, d)". */
function list(group: Rule, vocabulary: RuleVocabulary): Phrase[] {
  return [quiet(`${listWords[groupKindOf(group) ?? "all"]}: `), ...items(group, vocabulary)];
}

function items(group: Rule, vocabulary: RuleVocabulary): Phrase[] {
  return childrenOf(group).flatMap((child, index) => [
    ...(index === 0 ? [] : [plain(", ")]),
    ...item(child, vocabulary),
  ]);
}

function item(rule: Rule, vocabulary: RuleVocabulary): Phrase[] {
  const kind = groupKindOf(rule);
  if (kind !== undefined) return [quiet(`${listWords[kind]} (`), ...items(rule, vocabulary), quiet(")")];
  const condition = rule as Condition;
  if (!("attribute" in condition)) return referenceClause(condition, vocabulary);
  const words = operatorWords[condition.operator] ?? condition.operator;
  const values = valuePhrases(condition, vocabulary);
  return [
    named(lowerFirst(subjectName(condition, vocabulary))),
    plain(values.length > 0 ? ` ${words} ` : ` ${words}`),
    ...values,
  ];
}

/** "whose plan is premium or business", "with sport among interests", "in Fraud hold". */
function clause(condition: Condition, vocabulary: RuleVocabulary): Phrase[] {
  if (!("attribute" in condition)) return referenceClause(condition, vocabulary);
  const among = amongWords[condition.operator];
  if (among === undefined) return [plain("whose "), ...predicate(condition, vocabulary)];
  const name = named(lowerFirst(subjectName(condition, vocabulary)));
  return [plain(among), ...valuePhrases(condition, vocabulary), plain(" among "), name];
}

/** "plan is premium or business", within a sentence. */
export function predicate(condition: AttributeCondition, vocabulary: RuleVocabulary): Phrase[] {
  const name = named(lowerFirst(subjectName(condition, vocabulary)));
  const values = valuePhrases(condition, vocabulary);
  const words = clauseWords[condition.operator] ?? operatorWords[condition.operator] ?? condition.operator;
  return [name, plain(values.length > 0 ? ` ${words} ` : ` ${words}`), ...values];
}

function referenceClause(condition: Exclude<Condition, AttributeCondition>, vocabulary: RuleVocabulary): Phrase[] {
  const words = { member: "in ", not_member: "not in ", listed: "on ", not_listed: "not on " } as const;
  return [plain(words[condition.operator]), named(subjectName(condition, vocabulary))];
}

type Words = Partial<Record<AttributeCondition["operator"], string>>;
const amongWords: Words = { contains_any: "with ", contains_all: "with ", contains_none: "with none of " };
const clauseWords: Words = {
  in: "is",
  not_in: "is none of",
  less_than: "is less than",
  at_most: "is at most",
  greater_than: "is more than",
  at_least: "is at least",
  between: "is between",
  before: "is before",
  after: "is after",
  within_last: "is within the last",
  not_within_last: "is not within the last",
  within_next: "is within the next",
};

function valuePhrases(condition: AttributeCondition, vocabulary: RuleVocabulary): Phrase[] {
  const words = valueWords(condition.value, isInstantCondition(condition, vocabulary));
  const conjunction = condition.operator === "between" || condition.operator === "contains_all" ? " and " : " or ";
  const phrases = words.flatMap((word, index) => {
    const before = index === 0 ? [] : [plain(index === words.length - 1 ? conjunction : ", ")];
    return [...before, valued(word)];
  });
  return [...phrases, ...unitOf(condition, vocabulary)];
}
