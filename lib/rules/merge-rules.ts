import { alignChildren } from "./align-children";
import { checkStructure } from "./check-structure";
import { childrenOf, groupKindOf, type Rule } from "./definition";
import { group } from "./group";
import { isSameRule, ruleText } from "./rule-text";

/**
 * What two sides made of one rule, joined: where only one changed it, and where both changed other children of the
 * outermost group. Null where both changed the same one, moved one or changed the group itself: a person chooses.
 */
export function mergeRules(base: Rule, live: Rule, draft: Rule): Rule | null {
  if (isSameRule(live, draft) || isSameRule(base, draft)) return live;
  if (isSameRule(base, live)) return draft;
  const kind = groupKindOf(base);
  if (kind === undefined || groupKindOf(live) !== kind || groupKindOf(draft) !== kind) return null;
  const [theirs, ours] = [changesOf(base, live), changesOf(base, draft)];
  const children = theirs && ours && mergeChildren(childrenOf(base), theirs, ours);
  if (!children) return null;
  const merged = group(kind, children);
  return checkStructure(merged).length === 0 ? merged : null;
}

type ChildChanges = {
  /** By the base's children: what has become of each, null where it is gone. */
  readonly became: readonly (Rule | null)[];
  /** By the base's children, and one more behind the last: what was put before each. */
  readonly inserted: readonly (readonly Rule[])[];
};

/**
 * Null where a child was moved, or where another one became what it was: told as gone here and new there, it could come
 * twice or not at all. Null also where two children are the same, and nobody can say which of them is gone.
 */
function changesOf(base: Rule, side: Rule): ChildChanges | null {
  const known = new Set(childrenOf(base).map(ruleText));
  if (known.size < childrenOf(base).length) return null;
  const became: (Rule | null)[] = [];
  const inserted: Rule[][] = [[]];
  for (const pair of alignChildren(childrenOf(base), childrenOf(side))) {
    const isNew = pair.kind === "added" || pair.kind === "changed";
    if (isNew && known.has(ruleText(pair.after))) return null;
    if (pair.kind === "added") {
      inserted.at(-1)?.push(pair.after);
      continue;
    }
    became.push(pair.kind === "removed" ? null : pair.after);
    inserted.push([]);
  }
  return { became, inserted };
}

function mergeChildren(base: readonly Rule[], live: ChildChanges, draft: ChildChanges): Rule[] | null {
  const fromLive = new Set(live.inserted.flat().map(ruleText));
  const children: Rule[] = [];
  for (let index = 0; index <= base.length; index += 1) {
    const added = draft.inserted[index] ?? [];
    children.push(...(live.inserted[index] ?? []), ...added.filter((each) => !fromLive.has(ruleText(each))));
    const child = base[index];
    if (child === undefined) continue;
    const merged = mergeChild(child, live.became[index] ?? null, draft.became[index] ?? null);
    if (merged === "both") return null;
    if (merged) children.push(merged);
  }
  return children.length === 0 ? null : children;
}

function mergeChild(base: Rule, live: Rule | null, draft: Rule | null): Rule | null | "both" {
  if (isSameChild(live, draft) || isSameChild(base, draft)) return live;
  return isSameChild(base, live) ? draft : "both";
}

function isSameChild(a: Rule | null, b: Rule | null): boolean {
  return a === null || b === null ? a === b : isSameRule(a, b);
}
