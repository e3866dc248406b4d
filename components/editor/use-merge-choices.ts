import { useState } from "react";
import { type DocumentMerge, type MergeChoices, mergeDocuments } from "@/lib/segments/merge-documents";
import type { MergedSides } from "./merge-sides";

type ChosenMerge = {
  readonly choices: MergeChoices;
  readonly choose: (field: string, side: "live" | "draft") => void;
  /** With what has been chosen so far; its conflicts are still open. */
  readonly merge: DocumentMerge | null;
};

/** Whose side stays, field by field; nothing is chosen until somebody chooses. */
export function useMergeChoices(sides: MergedSides | null): ChosenMerge {
  const [choices, setChoices] = useState<MergeChoices>({});
  return {
    choices,
    choose: (field, side) => setChoices((before) => ({ ...before, [field]: side })),
    merge: sides && mergeDocuments(sides.base, sides.live, sides.draft, choices),
  };
}
