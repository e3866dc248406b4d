import { alignChildren } from "./align-children";
import { type Condition, childrenOf, type GroupKind, groupKindOf, type Rule } from "./definition";
import { conditionPhrases, describeNode, groupWords } from "./describe-condition";
import { markDifferences } from "./diff-lines";
import { named, type Phrase, plain, quiet, sentence, valued } from "./phrase";
import { isSameRule } from "./rule-text";
import type { RuleVocabulary } from "./vocabulary";

/** Each change of the rule as a sentence of its own: "Churn score at least 0.60, before 0.50." */
export function changesInWords(before: Rule, after: Rule, vocabulary: RuleVocabulary): Phrase[][] {
  return changesBetween(before, after, vocabulary);
}

function changesBetween(before: Rule, after: Rule, vocabulary: RuleVocabulary): Phrase[][] {
  const [from, to] = [groupKindOf(before), groupKindOf(after)];
  if (from === undefined || to === undefined)
    return isSameRule(before, after) ? [] : [replacement(before, after, vocabulary)];
  const regrouped = from === to ? [] : [regrouping(before, from, to, vocabulary)];
  const inner = alignChildren(childrenOf(before), childrenOf(after)).flatMap((pair): Phrase[][] => {
    if (pair.kind === "added")
      return [
        [...nodePhrases(pair.after, vocabulary), plain(" "), { ...plain(addedWords[to]), mark: "added" }, plain(".")],
      ];
    if (pair.kind === "removed")
      return [
        [
          ...nodePhrases(pair.before, vocabulary),
          plain(" "),
          { ...plain(removedWords[from]), mark: "removed" },
          plain("."),
        ],
      ];
    return changesBetween(pair.before, pair.after, vocabulary);
  });
  return [...regrouped, ...inner];
}

const addedWords = {
  all: "is now required",
  any: "now counts too",
  none: "now keeps customers out",
} as const satisfies Record<GroupKind, string>;

const removedWords = {
  all: "is no longer required",
  any: "no longer counts",
  none: "no longer keeps customers out",
} as const satisfies Record<GroupKind, string>;

function regrouping(before: Rule, from: GroupKind, to: GroupKind, vocabulary: RuleVocabulary): Phrase[] {
  const [, names = ""] = describeNode(before, vocabulary).split(": ", 2);
  return [
    { ...named(groupWords[to]), mark: "added" },
    quiet(", before "),
    { ...named(groupWords[from]), mark: "removed" },
    plain(`: ${names}.`),
  ];
}

function replacement(before: Rule, after: Rule, vocabulary: RuleVocabulary): Phrase[] {
  const [old, now] = [nodePhrases(before, vocabulary), nodePhrases(after, vocabulary)];
  if (sentence(old.slice(0, 1)) !== sentence(now.slice(0, 1)))
    return [
      ...markDifferences(now, [], "added"),
      quiet(", before "),
      ...markDifferences(old, [], "removed"),
      plain("."),
    ];
  const gone = markDifferences(old, now, "removed").filter(
    ({ mark, text }, index) => index > 0 && (mark || text === " "),
  );
  return [...markDifferences(now, old, "added"), quiet(", before "), ...trimmed(gone), plain(".")];
}

function trimmed(parts: readonly Phrase[]): Phrase[] {
  const first = parts.findIndex(({ mark }) => mark);
  const last = parts.findLastIndex(({ mark }) => mark);
  return first < 0 ? [valued("otherwise")] : parts.slice(first, last + 1);
}

function nodePhrases(rule: Rule, vocabulary: RuleVocabulary): Phrase[] {
  return groupKindOf(rule) === undefined
    ? conditionPhrases(rule as Condition, vocabulary)
    : [named(describeNode(rule, vocabulary))];
}
