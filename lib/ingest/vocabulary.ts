import type { Catalogue, EventType } from "../catalogue/definition";

/** What a line may speak of. */
export type IngestVocabulary = Catalogue & {
  readonly events: ReadonlyMap<string, EventType>;
  /** How the values of each namespace are kept: normalised, or as a keyed hash. Null for one that cannot be. */
  readonly namespaces: ReadonlyMap<string, (value: string) => string | null>;
};
