"use client";

import { useCallback, useMemo, useReducer } from "react";
import type { RuleGroupType } from "react-querybuilder";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { fromBuilder, toBuilder } from "@/lib/rules/builder";
import type { Rule } from "@/lib/rules/definition";
import type { SegmentDocument } from "@/lib/segments/document";
import { settleQuery } from "./builder/builder-query";
import { type EditHistory, recordEdit, redo, startHistory, undo } from "./edit-history";
import { typedInto } from "./typed-into";

/** The document, and its rule as the builder holds it: with an id for each row, so that focus and keys stay. */
type Content = { readonly document: SegmentDocument; readonly query: RuleGroupType };

type Event =
  | { type: "edit"; change: (document: SegmentDocument) => SegmentDocument; field: string | null; at: number }
  | { type: "query"; query: RuleGroupType; at: number }
  | { type: "undo" }
  | { type: "redo" };

export type EditorState = {
  readonly document: SegmentDocument;
  readonly query: RuleGroupType;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** `field` names what is typed into, so that its letters are undone together. */
  readonly edit: (change: (document: SegmentDocument) => SegmentDocument, field?: string) => void;
  readonly setQuery: (query: RuleGroupType) => void;
  readonly setRule: (rule: Rule, field?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
};

/** The one place where the document changes. A query that means the same rule is no edit of the document. */
export function useEditorState(initial: SegmentDocument, attributes: ReadonlyMap<string, AttributeItem>): EditorState {
  const [history, dispatch] = useReducer(reduce, initial, startEditing);
  const edit = useCallback(
    (change: (document: SegmentDocument) => SegmentDocument, field: string | null = null) =>
      dispatch({ type: "edit", change, field, at: Date.now() }),
    [],
  );
  const setQuery = useCallback(
    (query: RuleGroupType) => dispatch({ type: "query", query: settleQuery(query, attributes), at: Date.now() }),
    [attributes],
  );
  return useMemo(
    () => ({
      ...history.present,
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      edit,
      setQuery,
      setRule: (rule, field) => edit((document) => withRule(document, rule), field),
      undo: () => dispatch({ type: "undo" }),
      redo: () => dispatch({ type: "redo" }),
    }),
    [history, edit, setQuery],
  );
}

function startEditing(document: SegmentDocument): EditHistory<Content> {
  return startHistory({ document, query: toBuilder(document.definition.rule) });
}

function reduce(history: EditHistory<Content>, event: Event): EditHistory<Content> {
  const { present } = history;
  switch (event.type) {
    case "edit": {
      const document = event.change(present.document);
      if (document === present.document) return history;
      const sameRule = document.definition.rule === present.document.definition.rule;
      const query = sameRule ? present.query : toBuilder(document.definition.rule);
      return recordEdit(history, { document, query }, event.field, event.at);
    }
    case "query": {
      const rule = fromBuilder(event.query);
      const same = JSON.stringify(rule) === JSON.stringify(fromBuilder(present.query));
      if (same) return { ...history, present: { ...present, query: event.query } };
      return recordEdit(
        history,
        { document: withRule(present.document, rule), query: event.query },
        typedInto(present.query, event.query),
        event.at,
      );
    }
    case "undo":
      return undo(history);
    case "redo":
      return redo(history);
  }
}

function withRule(document: SegmentDocument, rule: Rule): SegmentDocument {
  return { ...document, definition: { ...document.definition, rule } };
}
