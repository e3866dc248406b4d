import { alignChildren } from "./align-children";
import { childrenOf, type GroupKind, groupKindOf, type Rule, type RulePath } from "./definition";
import { group } from "./group";
import { isSameRule } from "./rule-text";

/** One change. Paths are those of the tree as it stands after the changes before it. */
export type RuleChange =
  | { readonly kind: "insert"; readonly path: RulePath; readonly rule: Rule }
  | { readonly kind: "remove"; readonly path: RulePath; readonly rule: Rule }
  | { readonly kind: "replace"; readonly path: RulePath; readonly from: Rule; readonly to: Rule }
  | { readonly kind: "regroup"; readonly path: RulePath; readonly from: GroupKind; readonly to: GroupKind };

/** What turns `before` into `after`, in order; empty if they are the same. */
export function diffRules(before: Rule, after: Rule): RuleChange[] {
  return changesAt([], before, after);
}

function changesAt(path: RulePath, before: Rule, after: Rule): RuleChange[] {
  const [from, to] = [groupKindOf(before), groupKindOf(after)];
  if (from === undefined || to === undefined)
    return isSameRule(before, after) ? [] : [{ kind: "replace", path, from: before, to: after }];
  const changes: RuleChange[] = from === to ? [] : [{ kind: "regroup", path, from, to }];
  let index = 0;
  for (const pair of alignChildren(childrenOf(before), childrenOf(after))) {
    const place: RulePath = [...path, to, index];
    if (pair.kind === "removed") changes.push({ kind: "remove", path: place, rule: pair.before });
    else if (pair.kind === "added") changes.push({ kind: "insert", path: place, rule: pair.after });
    else if (pair.kind === "changed") changes.push(...changesAt(place, pair.before, pair.after));
    if (pair.kind !== "removed") index += 1;
  }
  return changes;
}

/** `applyChanges(diffRules(a, b), a)` is `b`. Throws if a path does not exist in the tree. */
export function applyChanges(changes: readonly RuleChange[], rule: Rule): Rule {
  return changes.reduce((tree, change) => applyAt(tree, change.path, change), rule);
}

function applyAt(tree: Rule, path: RulePath, change: RuleChange): Rule {
  const kind = groupKindOf(tree);
  const [, index, ...rest] = path;
  if (index === undefined) return applyHere(tree, change);
  if (kind === undefined || typeof index !== "number") throw new RangeError("The change is of another rule.");
  const children = [...childrenOf(tree)];
  if (rest.length === 0 && change.kind === "insert") return group(kind, children.toSpliced(index, 0, change.rule));
  const child = children[index];
  if (child === undefined) throw new RangeError("The change is of another rule.");
  if (rest.length === 0 && change.kind === "remove") return group(kind, children.toSpliced(index, 1));
  return group(kind, children.with(index, applyAt(child, rest, change)));
}

function applyHere(tree: Rule, change: RuleChange): Rule {
  if (change.kind === "replace") return change.to;
  if (change.kind === "regroup") return group(change.to, childrenOf(tree));
  throw new RangeError("The change is of another rule.");
}
