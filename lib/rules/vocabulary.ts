import type { Attribute } from "../catalogue/definition";

/**
 * What a rule may name. Every `Catalogue` is one; segments and lists join it once a rule may refer to them, by key.
 */
export type RuleVocabulary = {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly segments?: ReadonlyMap<string, { readonly name: string }>;
  readonly lists?: ReadonlyMap<string, { readonly name: string }>;
};

export function attributeName(key: string, vocabulary: RuleVocabulary): string {
  return vocabulary.attributes.get(key)?.name ?? key;
}
