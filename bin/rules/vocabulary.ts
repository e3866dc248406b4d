import { z } from "zod";
import {
  type Attribute,
  attributeSchema,
  catalogueOf,
  keySchema,
  lawfulBases,
  purposeSchema,
  regionSchema,
} from "../../lib/catalogue/definition";
import { DomainError } from "../../lib/errors";
import { isObject } from "../../lib/rules/check-bounds";
import { inferAttributes } from "../../lib/rules/infer-attributes";
import { referencesOf } from "../../lib/rules/references";
import type { DocumentVocabulary } from "../../lib/rules/vocabulary";
import { type Given, readJson } from "./read-given";

/** Names may be left out: a key with spaces for underlines is one. */
const catalogueFileSchema = z.strictObject({
  attributes: z.array(z.strictObject({ ...attributeSchema.shape, name: z.string().optional() })).default([]),
  purposes: z
    .array(
      z.strictObject({
        ...purposeSchema.shape,
        name: z.string().optional(),
        lawfulBasis: z.enum(lawfulBases).default("consent"),
      }),
    )
    .default([]),
  regions: z.array(z.strictObject({ ...regionSchema.shape, name: z.string().optional() })).default([]),
});

/** What a rule is read with, and in words where that comes from. */
export type Known = { readonly vocabulary: DocumentVocabulary; readonly from: string };

/**
 * From a catalogue file, or from what is given itself: types by its operators and values, every purpose resting on
 * consent, segments and lists by name only.
 */
export async function knownOf(given: Given, catalogueFile?: string): Promise<Known> {
  const { segments, lists } = referencesOf(given.rule);
  const references = { segments: named(segments), lists: named(lists) };
  if (catalogueFile === undefined) {
    const from = "taken from the rule's own operators and values";
    return { from, vocabulary: { ...ownCatalogue(given), ...references } };
  }
  const parsed = catalogueFileSchema.safeParse(await readJson(catalogueFile));
  if (!parsed.success)
    throw new DomainError("invalid", `${catalogueFile} is no catalogue: ${z.prettifyError(parsed.error)}`);
  const { attributes, purposes, regions } = parsed.data;
  const catalogue = catalogueOf({
    attributes: attributes.map(withName),
    purposes: purposes.map(withName),
    regions: regions.map(withName),
  });
  return { from: `from ${catalogueFile}`, vocabulary: { ...catalogue, ...references } };
}

function ownCatalogue({ input, rule }: Given) {
  const keysOf = (field: string) => {
    const keys = z.array(keySchema).safeParse(isObject(input) ? Reflect.get(input, field) : undefined);
    return keys.success ? keys.data : [];
  };
  return catalogueOf({
    attributes: [...inferAttributes(rule)].map(
      ([key, type]): Attribute => withName({ key, type, description: "", source: "stored", labels: [] }),
    ),
    purposes: keysOf("purposes").map((key) => withName({ key, lawfulBasis: "consent", description: "" })),
    regions: keysOf("regions").map((key) => withName({ key, description: "" })),
  });
}

function withName<Entry extends { readonly key: string; readonly name?: string | undefined }>(entry: Entry) {
  return { ...entry, name: entry.name ?? entry.key.replaceAll("_", " ") };
}

function named(keys: readonly string[]): ReadonlyMap<string, { readonly name: string }> {
  return new Map(keys.map((key) => [key, { name: key }]));
}
