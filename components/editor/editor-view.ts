import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";

export const editorViews = ["builder", "json", "cel", "jsonlogic"] as const;
export type EditorView = (typeof editorViews)[number];

/** Which form of the rule is shown; the address holds it. */
export function useEditorView() {
  return useQueryState("view", parseAsStringLiteral(editorViews).withDefault("builder"));
}

/** The attribute that the preview splits the members by; the address holds it. */
export function useSplitBy() {
  return useQueryState("by", parseAsString);
}
