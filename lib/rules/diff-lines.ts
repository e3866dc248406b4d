import { alignChildren } from "./align-children";
import { type Condition, childrenOf, groupKindOf, type Rule, type RulePath } from "./definition";
import { conditionPhrases, groupWords } from "./describe-condition";
import { named, type Phrase } from "./phrase";
import { isSameRule } from "./rule-text";
import type { RuleVocabulary } from "./vocabulary";

/** One line of a rule as the review shows it. `path` is into the rule on its side. */
export type DiffLine = {
  readonly number: number;
  readonly indent: number;
  readonly path: RulePath;
  readonly parts: readonly Phrase[];
};

/** A row of two rules side by side; a side that has nothing there is absent. */
export type DiffRow = {
  readonly left?: DiffLine;
  readonly right?: DiffLine;
  readonly change: "same" | "added" | "removed" | "changed";
};

type Mark = NonNullable<Phrase["mark"]>;
type Unnumbered = Omit<DiffLine, "number">;
type UnnumberedRow = { readonly left?: Unnumbered; readonly right?: Unnumbered; readonly change: DiffRow["change"] };

/** Both rules line by line, aligned; what differs within a changed line is marked. */
export function diffLines(before: Rule, after: Rule, vocabulary: RuleVocabulary): DiffRow[] {
  let [left, right] = [0, 0];
  return rowsOf({ rule: before, path: [] }, { rule: after, path: [] }, 0, vocabulary).map((row) => ({
    change: row.change,
    ...(row.left ? { left: { number: ++left, ...row.left } } : {}),
    ...(row.right ? { right: { number: ++right, ...row.right } } : {}),
  }));
}

type Side = { readonly rule: Rule; readonly path: RulePath };

function rowsOf(before: Side, after: Side, indent: number, vocabulary: RuleVocabulary): UnnumberedRow[] {
  const [from, to] = [groupKindOf(before.rule), groupKindOf(after.rule)];
  if (from !== undefined && to !== undefined)
    return [pairedRow(before, after, indent, vocabulary), ...childRows(before, after, indent + 1, vocabulary)];
  if (from === undefined && to === undefined) return [pairedRow(before, after, indent, vocabulary)];
  return [...sideRows(before, "removed", indent, vocabulary), ...sideRows(after, "added", indent, vocabulary)];
}

function childRows(before: Side, after: Side, indent: number, vocabulary: RuleVocabulary): UnnumberedRow[] {
  let [left, right] = [0, 0];
  return alignChildren(childrenOf(before.rule), childrenOf(after.rule)).flatMap((pair) => {
    if (pair.kind === "removed") return sideRows(childSide(before, pair.before, left++), "removed", indent, vocabulary);
    if (pair.kind === "added") return sideRows(childSide(after, pair.after, right++), "added", indent, vocabulary);
    return rowsOf(childSide(before, pair.before, left++), childSide(after, pair.after, right++), indent, vocabulary);
  });
}

function childSide({ rule, path }: Side, child: Rule, index: number): Side {
  return { rule: child, path: [...path, groupKindOf(rule) ?? "all", index] };
}

/** A node and all below it, on one side only. */
function sideRows(side: Side, change: Mark, indent: number, vocabulary: RuleVocabulary): UnnumberedRow[] {
  const line = { indent, path: side.path, parts: partsOf(side.rule, vocabulary) };
  const own: UnnumberedRow = change === "removed" ? { left: line, change } : { right: line, change };
  const children = childrenOf(side.rule).flatMap((child, index) =>
    sideRows(childSide(side, child, index), change, indent + 1, vocabulary),
  );
  return [own, ...children];
}

function pairedRow(before: Side, after: Side, indent: number, vocabulary: RuleVocabulary): UnnumberedRow {
  const [left, right] = [partsOf(before.rule, vocabulary), partsOf(after.rule, vocabulary)];
  const isSame = isSameNode(before.rule, after.rule);
  return {
    left: { indent, path: before.path, parts: isSame ? left : markDifferences(left, right, "removed") },
    right: { indent, path: after.path, parts: isSame ? right : markDifferences(right, left, "added") },
    change: isSame ? "same" : "changed",
  };
}

function isSameNode(before: Rule, after: Rule): boolean {
  const kind = groupKindOf(before);
  return kind === undefined ? isSameRule(before, after) : kind === groupKindOf(after);
}

function partsOf(rule: Rule, vocabulary: RuleVocabulary): Phrase[] {
  const kind = groupKindOf(rule);
  return kind === undefined ? conditionPhrases(rule as Condition, vocabulary) : [named(groupWords[kind])];
}

/** Marks the phrases that the other side has otherwise; spaces around them stay unmarked. */
export function markDifferences(own: readonly Phrase[], other: readonly Phrase[], mark: Mark): Phrase[] {
  return own.flatMap((phrase, index) => {
    if (phrase.text === other[index]?.text) return [phrase];
    const inner = phrase.text.trim();
    const [before, after] = phrase.text.split(inner, 2);
    const pieces = [
      { ...phrase, text: before ?? "" },
      { ...phrase, text: inner, mark },
      { ...phrase, text: after ?? "" },
    ];
    return pieces.filter(({ text }) => text !== "");
  });
}
