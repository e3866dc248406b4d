import canonicalize from "canonicalize";
import type { Rule } from "../rules/definition";
import { mergeRules } from "../rules/merge-rules";

/** What a field says on each side; `base` is what both began with, absent where nothing was there yet. */
export type Sides<Value> = {
  readonly base: Value | undefined;
  readonly live: Value;
  readonly draft: Value;
};

/** What both sides changed, each in its own way; `entry` names it within a field that holds several. */
export type Clash<Value> = Sides<Value> & { readonly entry?: string };

/** Whose side was chosen for a clash; undefined while nobody has chosen, and then the live side stands in. */
export type Choose = (entry?: string) => "live" | "draft" | undefined;

export type MergedField<Value> = { readonly value: Value; readonly clashes: readonly Clash<Value>[] };

/** Is asked only where both sides changed the field and do not say the same. */
export type FieldMerger<Value> = (sides: Sides<Value>, choose: Choose) => MergedField<Value>;

export function saysSame(a: unknown, b: unknown): boolean {
  return a === b || canonicalize(a) === canonicalize(b);
}

/** One value: a person chooses. */
export function mergeWhole<Value>(sides: Sides<Value>, choose: Choose): MergedField<Value> {
  const chosen = choose();
  return { value: chosen === "draft" ? sides.draft : sides.live, clashes: chosen ? [] : [sides] };
}

/** A set in whatever order: an element that one side added or took away is added or taken away. */
export function mergeElements({ base = [], live, draft }: Sides<string[]>): MergedField<string[]> {
  const removed = base.filter((each) => !draft.includes(each));
  const added = draft.filter((each) => !base.includes(each) && !live.includes(each));
  return { value: [...live.filter((each) => !removed.includes(each)), ...added], clashes: [] };
}

/** A list whose entries have names: entry by entry. A name that comes twice makes it one value. */
export function mergeEntries<Entry>(nameOf: (entry: Entry) => string): FieldMerger<Entry[]> {
  return ({ base = [], live, draft }, choose) => {
    const [before, theirs, ours] = [base, live, draft].map((list) => new Map(list.map((each) => [nameOf(each), each])));
    if (!before || !theirs || !ours || before.size + theirs.size + ours.size < base.length + live.length + draft.length)
      return mergeWhole({ base, live, draft }, choose);
    const clashes: Clash<Entry[]>[] = [];
    const value = [...new Set([...theirs.keys(), ...ours.keys(), ...before.keys()])].flatMap((entry) => {
      const sides = {
        base: listOf(before.get(entry)),
        live: listOf(theirs.get(entry)),
        draft: listOf(ours.get(entry)),
      };
      const side = changedSide(sides) ?? choose(entry);
      if (side === undefined) clashes.push({ ...sides, entry });
      return sides[side ?? "live"];
    });
    return { value, clashes: clashes.sort((a, b) => ((a.entry ?? "") < (b.entry ?? "") ? -1 : 1)) };
  };
}

/** Whose value stands where at most one side changed it; null where both did. */
export function changedSide({ base, live, draft }: Sides<unknown>): "live" | "draft" | null {
  if (saysSame(live, draft) || saysSame(base, draft)) return "live";
  return saysSame(base, live) ? "draft" : null;
}

export function mergeRecord<Value>(
  sides: Sides<Record<string, Value>>,
  choose: Choose,
): MergedField<Record<string, Value>> {
  const entriesOf = (record: Record<string, Value> | undefined) => Object.entries(record ?? {});
  const merge = mergeEntries<[string, Value]>(([name]) => name);
  const lists = { base: entriesOf(sides.base), live: entriesOf(sides.live), draft: entriesOf(sides.draft) };
  const { value, clashes } = merge(lists, choose);
  return {
    value: Object.fromEntries(value),
    clashes: clashes.map(({ base, live, draft, ...entry }) => ({
      ...entry,
      base: Object.fromEntries(base ?? []),
      live: Object.fromEntries(live),
      draft: Object.fromEntries(draft),
    })),
  };
}

export function mergeRuleField(sides: Sides<Rule>, choose: Choose): MergedField<Rule> {
  const merged = sides.base && mergeRules(sides.base, sides.live, sides.draft);
  return merged ? { value: merged, clashes: [] } : mergeWhole(sides, choose);
}

function listOf<Entry>(entry: Entry | undefined): Entry[] {
  return entry === undefined ? [] : [entry];
}
