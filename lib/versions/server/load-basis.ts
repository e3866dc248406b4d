import type { Catalogue } from "../../catalogue/definition";
import { loadVocabulary } from "../../guards/server/load-vocabulary";
import { referencesOf } from "../../rules/references";
import type { DocumentVocabulary } from "../../rules/vocabulary";
import { attributesUsed } from "../../segments/attributes-used";
import type { SegmentDocument } from "../../segments/document";
import type { Database, Transaction } from "../../server/database";
import { hashOf, type ReviewBasis } from "../review-basis";

export type References = Omit<ReviewBasis, "impact">;

/** What a document refers to as it is now in the environment, and the labels that it takes on. */
export async function loadReferences(
  db: Database | Transaction,
  environment: string,
  document: SegmentDocument,
): Promise<References> {
  return referencesIn(await loadVocabulary(db, environment, document), document);
}

function referencesIn(vocabulary: DocumentVocabulary, { definition: { rule }, purposes }: SegmentDocument): References {
  const named = referencesOf(rule);
  const reached = [...(vocabulary.segments ?? [])].flatMap(([key, { released }]) =>
    released ? [{ key, ...released }] : [],
  );
  const attributes = new Set([rule, ...reached.map((each) => each.rule)].flatMap(attributesUsed));
  return {
    segments: {
      ...Object.fromEntries(named.segments.map((key) => [key, null])),
      ...Object.fromEntries(reached.map((each) => [each.key, { version: each.version, rule: hashOf(each.rule) }])),
    },
    lists: Object.fromEntries(named.lists.map((key) => [key, vocabulary.lists?.get(key)?.content?.version ?? 0])),
    attributes: Object.fromEntries(
      [...attributes].sort().flatMap((key) => {
        const basis = attributeBasis(vocabulary, key);
        return basis ? [[key, basis]] : [];
      }),
    ),
    purposes: Object.fromEntries(purposes.map((key) => [key, vocabulary.purposes.get(key)?.lawfulBasis ?? "unknown"])),
  };
}

function attributeBasis({ attributes }: Pick<Catalogue, "attributes">, key: string) {
  const attribute = attributes.get(key);
  if (!attribute) return undefined;
  const { labels, model = null, name: _, ...meaning } = attribute;
  return { meaning: hashOf(meaning), labels: [...labels].sort(), model };
}
