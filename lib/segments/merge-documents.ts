import type { z } from "zod";
import type { Rule } from "../rules/definition";
import { type SegmentDocument, segmentDocumentSchema } from "./document";
import { type FieldNames, fieldInWords, fieldLabel } from "./governed-fields";
import {
  type Choose,
  changedSide,
  type FieldMerger,
  mergeElements,
  mergeEntries,
  mergeRecord,
  mergeRuleField,
  mergeWhole,
  type Sides,
  saysSame,
} from "./merge-field";

type Definition = SegmentDocument["definition"];

/** What a document holds besides its key, under the names that a review gives the fields. */
type NamedFields = Omit<SegmentDocument, "key" | "definition"> & {
  [Part in keyof Definition as `definition.${Part}`]: Definition[Part];
};
export type MergedFieldName = keyof NamedFields;
export type Fields = { readonly [Name in MergedFieldName as Name]: NamedFields[Name] };
type FieldMergers = { readonly [Name in keyof Fields]: FieldMerger<Fields[Name]> };

const mergers: FieldMergers = {
  name: mergeWhole,
  standing: mergeWhole,
  description: mergeWhole,
  documentation: mergeWhole,
  tags: mergeElements,
  owner: mergeWhole,
  criticality: mergeWhole,
  purposes: mergeElements,
  regions: mergeElements,
  "definition.rule": mergeRuleField,
  "definition.include": mergeEntries(({ customerId }) => customerId),
  "definition.exclude": mergeEntries(({ customerId }) => customerId),
  treatments: mergeRecord,
  precedence: mergeWhole,
  exclusiveGroup: mergeWhole,
  objectives: mergeWhole,
  lifecycle: mergeWhole,
  tests: mergeEntries(({ name }) => name),
};
export const mergedFieldNames = Object.keys(mergers) as MergedFieldName[];

/** By the field of a conflict, whose side was chosen. */
export type MergeChoices = Readonly<Record<string, "live" | "draft">>;

/**
 * What both sides changed, each in its own way. `field` names it, as "treatments.support_queue"; `part` is the field of
 * the document that it belongs to, and the values are that field's, of a list or record the one entry. Null is absent.
 */
export type MergeConflict = {
  readonly field: string;
  readonly part: MergedFieldName;
  readonly label: string;
  readonly base: unknown;
  readonly live: unknown;
  readonly draft: unknown;
};

export type DocumentMerge = {
  /** Where a conflict is open, the live side stands in. */
  readonly document: SegmentDocument;
  /** Fields that come from the live side, from the draft, or where both changed different entries, from both. */
  readonly taken: readonly MergedFieldName[];
  readonly kept: readonly MergedFieldName[];
  readonly conflicts: readonly MergeConflict[];
};

/**
 * What `live` and `draft` made of `base`, field by field: what only one side changed, or both in the same way, merges;
 * lists by hand, treatments and tests merge by entry, and the rule by the conditions of its outermost group. Without a
 * base, every field that differs is a conflict. All three have one key.
 */
export function mergeDocuments(
  base: SegmentDocument | null,
  live: SegmentDocument,
  draft: SegmentDocument,
  choices: MergeChoices = {},
): DocumentMerge {
  const sides = { base: base ? fieldsOf(base) : undefined, live: fieldsOf(live), draft: fieldsOf(draft) };
  const merged = mergedFieldNames.map((name) => mergeField(name, sides, choices));
  const document = documentOf(live.key, Object.fromEntries(merged.map(({ name, value }) => [name, value])));
  const settled = merged.filter(({ conflicts }) => conflicts.length === 0);
  return {
    document,
    taken: settled.filter(({ name, value }) => !saysSame(value, sides.draft[name])).map(({ name }) => name),
    kept: settled.filter(({ name, value }) => !saysSame(value, sides.live[name])).map(({ name }) => name),
    conflicts: merged.flatMap(({ conflicts }) => conflicts),
  };
}

type DocumentSides = { readonly base: Fields | undefined; readonly live: Fields; readonly draft: Fields };
type FieldResult = {
  readonly name: MergedFieldName;
  readonly value: unknown;
  readonly conflicts: readonly MergeConflict[];
};

function mergeField<Name extends MergedFieldName>(name: Name, all: DocumentSides, choices: MergeChoices): FieldResult {
  const sides: Sides<Fields[Name]> = { base: all.base?.[name], live: all.live[name], draft: all.draft[name] };
  const side = changedSide(sides);
  if (side) return { name, value: sides[side], conflicts: [] };
  const choose: Choose = (entry) => choices[nameOf(name, entry)];
  const merger: FieldMerger<Fields[Name]> = mergers[name];
  const apart = merger(sides, choose);
  const { value, clashes } = fits(name, apart.value) ? apart : mergeWhole(sides, choose);
  const conflicts = clashes.map(({ entry, base, live, draft }) => ({
    field: nameOf(name, entry),
    part: name,
    label: entry === undefined ? fieldLabel(name) : `${fieldLabel(name)}: ${entry}`,
    ...{ base: base ?? null, live: live ?? null, draft: draft ?? null },
  }));
  return { name, value, conflicts };
}

function nameOf(name: MergedFieldName, entry: string | undefined): string {
  return entry === undefined ? name : `${name}.${entry}`;
}

const { definition, ...shape } = segmentDocumentSchema.shape;
const shapes = new Map<string, z.ZodType>([
  ...Object.entries(shape),
  ...Object.entries(definition.shape).map(([part, schema]) => [`definition.${part}`, schema] as const),
]);

/** Two lists that fit may be too long together. */
function fits(name: MergedFieldName, value: unknown): boolean {
  return shapes.get(name)?.safeParse(value).success ?? false;
}

/** By the names that a review gives them. */
export function fieldsOf({ key: _, definition: { rule, include, exclude }, ...rest }: SegmentDocument): Fields {
  const { standing, owner, exclusiveGroup, objectives } = rest;
  const lists = { "definition.include": include, "definition.exclude": exclude };
  return { ...rest, standing, owner, exclusiveGroup, objectives, "definition.rule": rule, ...lists };
}

function documentOf(key: string, fields: Readonly<Record<string, unknown>>): SegmentDocument {
  const {
    "definition.rule": rule,
    "definition.include": include,
    "definition.exclude": exclude,
    ...rest
  } = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return segmentDocumentSchema.parse({ ...rest, key, definition: { rule, include, exclude } });
}

/** The rule that a side of a conflict over the rule holds; null for other fields, and where there is none. */
export function ruleInConflict({ part }: MergeConflict, value: unknown): Rule | null {
  const rule = definition.shape.rule.safeParse(value);
  return part === "definition.rule" && rule.success ? rule.data : null;
}

/** What a side of a conflict says, as a review would say it; `document` is any of the same segment. */
export function conflictInWords(
  { part }: MergeConflict,
  value: unknown,
  document: SegmentDocument,
  names: FieldNames,
): readonly string[] {
  return value === null
    ? []
    : fieldInWords(part, documentOf(document.key, { ...fieldsOf(document), [part]: value }), names);
}
