"use client";

import { useMemo } from "react";
import { stepsByPlace } from "@/lib/previews/steps";
import { RuleBuilder } from "./builder/rule-builder";
import styles from "./editor.module.css";
import { useEditing } from "./editor-context";
import type { EditorView } from "./editor-header";
import { JsonView } from "./json-view";
import { RuleSentence } from "./rule-sentence";
import type { EditorState } from "./use-editor-state";
import type { LivePreview } from "./use-preview";
import { useRowFindings } from "./use-row-findings";

type RuleSectionProps = { readonly view: EditorView; readonly state: EditorState; readonly preview: LivePreview };

/** The rule in words, then as rows or as its tree. */
export function RuleSection({ view, state, preview: live }: RuleSectionProps) {
  const { choices, readOnly } = useEditing();
  const { rule } = state.document.definition;
  const findings = useRowFindings(rule, choices.attributes);
  const { preview } = live;
  const steps = useMemo(() => (preview ? stepsByPlace(rule, preview) : new Map()), [rule, preview]);
  return (
    <section aria-label="Rule" data-rule-builder className={styles.rule}>
      <RuleSentence rule={rule} attributes={choices.attributes} />
      {view === "json" ? (
        <JsonView rule={rule} attributes={choices.attributes} onRule={state.setRule} readOnly={readOnly} />
      ) : (
        <RuleBuilder
          query={state.query}
          onQuery={state.setQuery}
          attributes={choices.attributes}
          steps={steps}
          findings={findings}
          population={preview?.population ?? 0}
          stale={live.stale}
          disabled={readOnly}
        />
      )}
    </section>
  );
}
