import type { AttributeItem } from "../catalogue/contract";
import type { Rule } from "../rules/definition";
import { attributesUsed } from "./attributes-used";

export type LabelUse = { readonly label: string; readonly attributes: readonly string[] };

/** The labels that a rule takes on from the attributes it names, each with those attributes' names; both sorted. */
export function labelsUsed(
  rule: Rule,
  attributes: ReadonlyMap<string, Pick<AttributeItem, "name" | "labels" | "sourceLabels">>,
): readonly LabelUse[] {
  const uses = new Map<string, string[]>();
  for (const key of attributesUsed(rule)) {
    const attribute = attributes.get(key);
    const { labels = [], sourceLabels = [] } = attribute ?? {};
    for (const label of [...labels, ...sourceLabels])
      uses.set(label, [...(uses.get(label) ?? []), attribute?.name ?? key]);
  }
  return [...uses]
    .map(([label, names]) => ({ label, attributes: names.sort() }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}
