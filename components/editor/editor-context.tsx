"use client";

import { createContext, useContext } from "react";
import type { z } from "zod";
import type { PersonList } from "@/lib/access/contract";
import type { AttributeItem, purposeItemSchema, regionItemSchema } from "@/lib/catalogue/contract";
import type { SegmentDocument } from "@/lib/segments/document";
import type { TestResults } from "./use-test-results";
import type { Vocabulary } from "./use-vocabulary";

export type PurposeItem = z.infer<typeof purposeItemSchema>;
export type RegionItem = z.infer<typeof regionItemSchema>;

/** What a document may name. */
export type Choices = {
  readonly attributes: ReadonlyMap<string, AttributeItem>;
  readonly purposes: readonly PurposeItem[];
  readonly regions: readonly RegionItem[];
  readonly people: PersonList;
};

type Editing = {
  readonly document: SegmentDocument;
  /** What the live version says, to mark what is new. */
  readonly live: SegmentDocument | null;
  readonly edit: (change: (document: SegmentDocument) => SegmentDocument, field?: string) => void;
  readonly choices: Choices;
  readonly vocabulary: Vocabulary;
  /** Null where nobody can say whether the tests pass. */
  readonly testResults: TestResults | null;
  readonly readOnly: boolean;
};

const Context = createContext<Editing | null>(null);

export const EditingProvider = Context.Provider;

export function useEditing(): Editing {
  const editing = useContext(Context);
  if (!editing) throw new Error("A field of the editor stands outside of it.");
  return editing;
}

/** Sets fields of the document; `field` as for `edit`. */
export function useSet(): (part: Partial<SegmentDocument>, field?: string) => void {
  const { edit } = useEditing();
  return (part, field) => edit((document) => ({ ...document, ...part }), field);
}
