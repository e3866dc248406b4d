import type { ResolvedReference } from "../rules/references";
import type { RuleVocabulary } from "../rules/vocabulary";
import type { NamedReference } from "./contract";

/** The names of what a rule refers to, as a vocabulary has them. */
export function referenceNames(references: readonly NamedReference[]): Pick<RuleVocabulary, "segments" | "lists"> {
  const of = (kind: NamedReference["kind"]) =>
    new Map(references.flatMap(({ name, ...each }) => (each.kind === kind ? [[each.key, { name }] as const] : [])));
  return { segments: of("segment"), lists: of("list") };
}

/** What the live version stands on, or what a release of now would. */
export function referencesAs(which: "pinned" | "newest", references: readonly NamedReference[]): ResolvedReference[] {
  return references.flatMap(({ kind, key, [which]: version }) => (version === null ? [] : [{ kind, key, version }]));
}
