import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { loadNamespaces } from "../../customers/server/namespaces";
import { loadEventTypes } from "../../events/server/load-event-types";
import type { Database } from "../../server/database";
import type { IngestVocabulary } from "../vocabulary";

export type KnownVocabulary = {
  /** As it was at most a second ago; with `since`, as it was then or later. Instants are milliseconds. */
  current(now: number, since?: number): Promise<IngestVocabulary>;
};

const freshMs = 1_000;

/** One reading for whoever asks meanwhile. */
export function knownVocabulary(db: Database): KnownVocabulary {
  let reading: { readonly at: number; readonly vocabulary: Promise<IngestVocabulary> } | undefined;
  return {
    current(now, since = now - freshMs) {
      if (!reading || reading.at < since) {
        const vocabulary = loadVocabulary(db);
        const begun = { at: now, vocabulary };
        reading = begun;
        vocabulary.catch(() => {
          if (reading === begun) reading = undefined;
        });
      }
      return reading.vocabulary;
    },
  };
}

async function loadVocabulary(db: Database): Promise<IngestVocabulary> {
  const [catalogue, events, namespaces] = await Promise.all([
    loadCatalogue(db),
    loadEventTypes(db),
    loadNamespaces(db),
  ]);
  return { ...catalogue, events, namespaces };
}
