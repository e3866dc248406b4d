import type { Attribute, Catalogue } from "../catalogue/definition";
import type { ListedCustomer, TreeNode } from "./definition";

/**
 * What a rule may name. Every `Catalogue` is one; without `segments` and `lists` a rule may not refer to any. A screen
 * knows references by name only; whoever counts, tests or releases knows what they stand for.
 */
export type RuleVocabulary = {
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Segments that are live in the environment. */
  readonly segments?: ReadonlyMap<string, SegmentMeaning>;
  readonly lists?: ReadonlyMap<string, ListMeaning>;
};

/** What a whole document may name. `live` is for documents with a standing, and absent where nobody knows. */
export type DocumentVocabulary = RuleVocabulary &
  Catalogue & {
    /** By key what the environment serves to somebody. */
    readonly live?: ReadonlyMap<string, LiveSegment>;
  };

export type LiveSegment = { readonly name: string; readonly refersTo: readonly string[] };

/** `rule` is the segment's author's rule as it was released, with its own references resolved. */
export type SegmentMeaning = {
  readonly name: string;
  readonly released?: { readonly version: number; readonly rule: TreeNode };
};
export type ListMeaning = {
  readonly name: string;
  readonly content?: { readonly version: number; readonly entries: readonly ListedCustomer[] };
};

export function attributeName(key: string, vocabulary: RuleVocabulary): string {
  return vocabulary.attributes.get(key)?.name ?? key;
}
