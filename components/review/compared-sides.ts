import type { ComparedSide, Comparison } from "@/lib/releases/history-contract";
import type { Rule } from "@/lib/rules/definition";
import { withPinnedVersions } from "@/lib/rules/pinned-versions";

/** "v7", or "r12, v7" for what was served at a revision, "staging:r12, v7" for one of another environment. */
export function sideTitle({ ref, version }: ComparedSide): string {
  return ref === `v${version.number}` ? ref : `${ref}, v${version.number}`;
}

/** Each reference with the version that it stood for in the release, where that is known of both sides. */
export function comparedRules({ from, to }: Comparison): { readonly before: Rule; readonly after: Rule } {
  const known = from.stoodOn !== null && to.stoodOn !== null;
  const ruleOf = ({ document, stoodOn }: ComparedSide) =>
    withPinnedVersions(document.definition.rule, known ? (stoodOn ?? []) : []);
  return { before: ruleOf(from), after: ruleOf(to) };
}
