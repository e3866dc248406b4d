"use client";

import { useMemo } from "react";
import { stepsByPlace } from "@/lib/previews/steps";
import { childrenOf, groupKindOf } from "@/lib/rules/definition";
import { RuleBuilder } from "./builder/rule-builder";
import styles from "./editor.module.css";
import { useEditing } from "./editor-context";
import type { EditorView } from "./editor-view";
import { FormatView } from "./format-view";
import { JsonView } from "./json-view";
import { RuleSentence } from "./rule-sentence";
import { StartFromTemplate } from "./start-from-template";
import type { EditorState } from "./use-editor-state";
import type { LivePreview } from "./use-preview";
import { useRowFindings } from "./use-row-findings";

type RuleSectionProps = { readonly view: EditorView; readonly state: EditorState; readonly preview: LivePreview };

/** The rule in words, then as rows, as its tree, or as what other readers get of it. */
export function RuleSection({ view, state, preview }: RuleSectionProps) {
  const { vocabulary, readOnly } = useEditing();
  const { document } = state;
  const { rule } = document.definition;
  return (
    <section aria-label="Rule" data-rule-builder className={styles.rule}>
      <RuleSentence rule={rule} vocabulary={vocabulary} />
      {view === "builder" && <Rows state={state} preview={preview} />}
      {view === "json" && (
        <JsonView
          rule={rule}
          vocabulary={vocabulary}
          ownKey={document.key}
          onRule={(next) => state.setRule(next, "json")}
          readOnly={readOnly}
        />
      )}
      {(view === "cel" || view === "jsonlogic") && <FormatView format={view} />}
    </section>
  );
}

function Rows({ state, preview: live }: Omit<RuleSectionProps, "view">) {
  const { vocabulary, readOnly } = useEditing();
  const { rule } = state.document.definition;
  const { key } = state.document;
  const findings = useRowFindings(rule, vocabulary, key);
  const { preview } = live;
  const steps = useMemo(() => (preview ? stepsByPlace(rule, preview) : new Map()), [rule, preview]);
  const empty = groupKindOf(rule) !== undefined && childrenOf(rule).length === 0;
  return (
    <>
      <RuleBuilder
        query={state.query}
        onQuery={state.setQuery}
        vocabulary={vocabulary}
        ownKey={key}
        steps={steps}
        findings={findings}
        population={preview?.population ?? 0}
        stale={live.stale}
        disabled={readOnly}
      />
      {empty && !readOnly && <StartFromTemplate />}
    </>
  );
}
