import type { Catalogue } from "../catalogue/definition";
import { formatPath } from "../rules/definition";
import { expandReferences } from "../rules/references";
import type { RuleVocabulary } from "../rules/vocabulary";
import { attributesUsed } from "../segments/attributes-used";
import { isArchived, type SegmentDocument } from "../segments/document";
import type { Artefact } from "./artefact";

/** A label at a place of a document: `sources` are the names of the attributes that bring it there. */
export type CarriedLabel = { readonly label: string; readonly path: string; readonly sources: readonly string[] };

/** What label policies look at. */
export type LabelledUse = {
  readonly carried: readonly CarriedLabel[];
  readonly purposes: readonly string[];
  readonly treatments: readonly string[];
};

type Attributes = Catalogue["attributes"];

/**
 * The labels that a document takes on, place by place: those of the attributes that its rule names, and at a reference
 * those of the segment it stands for. An archived segment uses nothing of anybody.
 */
export function labelledUse(document: SegmentDocument, vocabulary: RuleVocabulary): LabelledUse {
  const { purposes, treatments, definition } = document;
  const carried = isArchived(document) ? [] : carriedLabels(definition.rule, vocabulary);
  return { carried, purposes, treatments: Object.keys(treatments) };
}

/** The same of what an environment serves, by what the labels are now. */
export function servedUse({ tree, purposes, treatments, standing }: Artefact, attributes: Attributes): LabelledUse {
  const used = standing?.state === "archived" ? [] : attributesUsed(tree);
  return {
    carried: labelsAt("definition.rule", used, attributes),
    purposes: purposes.map(({ key }) => key),
    treatments: Object.keys(treatments),
  };
}

/** Of any input, checked or not: what is no tree carries nothing. Walks without recursion, and only within bounds. */
export function carriedLabels(rule: unknown, vocabulary: RuleVocabulary, mostNodes = 20_000): CarriedLabel[] {
  const carried: CarriedLabel[] = [];
  const waiting: { readonly node: unknown; readonly path: readonly (string | number)[] }[] = [{ node: rule, path: [] }];
  for (let seen = 0; waiting.length > 0 && seen < mostNodes; seen += 1) {
    const { node, path } = waiting.pop() ?? { node: null, path: [] };
    if (typeof node !== "object" || node === null) continue;
    const place = formatPath(path);
    carried.push(...labelsAt(placeInDocument(place), attributesAt(node, vocabulary), vocabulary.attributes));
    for (const kind of ["all", "any", "none"]) {
      const children: unknown = Object.hasOwn(node, kind) ? Reflect.get(node, kind) : undefined;
      if (!Array.isArray(children)) continue;
      const within = children
        .slice(0, mostNodes)
        .map((child, index) => ({ node: child, path: [...path, kind, index] }));
      waiting.push(...within.reverse());
    }
  }
  return carried;
}

function placeInDocument(place: string): string {
  return place === "" ? "definition.rule" : `definition.rule.${place}`;
}

function attributesAt(leaf: object, { segments }: RuleVocabulary): string[] {
  const { attribute, segment }: { attribute?: unknown; segment?: unknown } = leaf;
  const released = typeof segment === "string" ? segments?.get(segment)?.released : undefined;
  return [
    ...(typeof attribute === "string" ? [attribute] : []),
    ...(released ? attributesUsed(expandReferences(released.rule)) : []),
  ];
}

function labelsAt(path: string, keys: readonly string[], attributes: Attributes): CarriedLabel[] {
  const sources = new Map<string, string[]>();
  for (const key of keys) {
    const attribute = attributes.get(key);
    for (const label of attribute?.labels ?? []) {
      sources.set(label, [...(sources.get(label) ?? []), attribute?.name ?? key]);
    }
  }
  return [...sources].map(([label, names]) => ({ label, path, sources: names }));
}
