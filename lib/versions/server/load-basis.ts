import type { Catalogue } from "../../catalogue/definition";
import { loadVocabulary } from "../../guards/server/load-vocabulary";
import type { TreeNode } from "../../rules/definition";
import { referencesOf } from "../../rules/references";
import { attributesUsed } from "../../segments/attributes-used";
import type { SegmentDocument } from "../../segments/document";
import type { Database, Transaction } from "../../server/database";
import { hashOf, type ReviewBasis } from "../review-basis";

export type References = Omit<ReviewBasis, "impact">;

type Vocabulary = Awaited<ReturnType<typeof loadVocabulary>>;

/** What a document refers to as it is now in the environment, and the labels that it takes on. */
export async function loadReferences(
  db: Database | Transaction,
  environment: string,
  document: SegmentDocument,
): Promise<References> {
  return referencesIn(await loadVocabulary(db, environment, document), document);
}

/** The same from a vocabulary that was loaded for the document, perhaps among others. */
export function referencesIn(vocabulary: Vocabulary, { definition: { rule }, purposes }: SegmentDocument): References {
  const named = referencesOf(rule);
  const reached = reachedFrom(vocabulary, named.segments);
  const attributes = new Set([rule, ...reached.map((each) => each.rule)].flatMap(attributesUsed));
  return {
    segments: {
      ...Object.fromEntries(named.segments.map((key) => [key, null])),
      ...Object.fromEntries(reached.map((each) => [each.key, { version: each.version, rule: hashOf(each.rule) }])),
    },
    lists: Object.fromEntries(named.lists.map((key) => [key, vocabulary.lists.get(key)?.content?.version ?? 0])),
    attributes: Object.fromEntries(
      [...attributes].sort().flatMap((key) => {
        const basis = attributeBasis(vocabulary, key);
        return basis ? [[key, basis]] : [];
      }),
    ),
    purposes: Object.fromEntries(purposes.map((key) => [key, vocabulary.purposes.get(key)?.lawfulBasis ?? "unknown"])),
  };
}

/** The segments that are named, those that they name in what is live of them, and so on. */
function reachedFrom({ segments }: Vocabulary, named: readonly string[]) {
  const reached = new Map<string, { readonly key: string; readonly version: number; readonly rule: TreeNode }>();
  const waiting = [...named];
  for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
    const released = segments.get(key)?.released;
    if (!released || reached.has(key)) continue;
    reached.set(key, { key, ...released });
    waiting.push(...referencesOf(released.rule).segments);
  }
  return [...reached.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function attributeBasis({ attributes }: Pick<Catalogue, "attributes">, key: string) {
  const attribute = attributes.get(key);
  if (!attribute) return undefined;
  const { labels, model = null, name: _, arrivesEveryHours: __, ...meaning } = attribute;
  return { meaning: hashOf(meaning), labels: [...labels].sort(), model };
}
