"use client";

import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import { TopBar } from "@/components/layout/top-bar";
import { useCan } from "@/components/layout/viewer";
import { SplitBody } from "@/components/ui/page-body";
import type { SegmentDocument } from "@/lib/segments/document";
import type { Version } from "@/lib/versions/contract";
import { type Choices, EditingProvider } from "./editor-context";
import { EditorHeader } from "./editor-header";
import { useEditorView, useSplitBy } from "./editor-view";
import { EditorFields } from "./fields/editor-fields";
import { LockBanner } from "./lock-banner";
import { type FieldKey, fieldOfPath, OpenFieldProvider } from "./open-field";
import { PreviewPanel } from "./preview/preview-panel";
import { RebaseBanner } from "./rebase-banner";
import { RebaseDialog } from "./rebase-dialog";
import { RuleSection } from "./rule-section";
import { SaveStatusLine } from "./save-status";
import { showField, showPlace } from "./show-path";
import { StaleDialog } from "./stale-dialog";
import { StandingNote } from "./standing-note";
import { SubmitDialog } from "./submit-dialog";
import { undoByKey } from "./undo-by-key";
import { useDraftSaver } from "./use-draft-saver";
import { useEditorState } from "./use-editor-state";
import { usePreview } from "./use-preview";
import { useTestResults } from "./use-test-results";
import { useVocabulary } from "./use-vocabulary";
import { WithdrawDialog } from "./withdraw-dialog";

type EditorScreenProps = {
  readonly version: Version;
  /** What is live in production, to mark what is new. */
  readonly live: Version | null;
  readonly choices: Choices;
};

const editableStates: ReadonlySet<Version["state"]> = new Set(["draft", "changes_requested"]);

/** One draft, its rule and everything governed about it, with what it would do beside it. */
export function EditorScreen({ version, live, choices }: EditorScreenProps) {
  const mayWrite = useCan("segment.write");
  const maySubmit = useCan("version.submit");
  const [unlocked, setUnlocked] = useState(false);
  const [view, setView] = useEditorView();
  const [by, setBy] = useSplitBy();
  const [openField, setOpenField] = useState<FieldKey | null>(null);
  const [dialog, setDialog] = useState<"submit" | "withdraw" | "rebase" | null>(null);
  const state = useEditorState(version.document, choices.attributes);
  const { document } = state;
  const { saver, status } = useDraftSaver(version, document);
  const vocabulary = useVocabulary(document.definition.rule, choices);
  const splitBy = by !== null && choices.attributes.has(by) ? by : undefined;
  const preview = usePreview(document, vocabulary, splitBy);
  const testResults = useTestResults(document, vocabulary, preview);
  const locked = !editableStates.has(version.state) && !unlocked;
  const readOnly = locked || !mayWrite;
  useHotkeys(readOnly ? [] : undoByKey(state), []);
  function show(path: string): void {
    const field = fieldOfPath(path);
    if (field === null) void setView("builder");
    else setOpenField(field);
    requestAnimationFrame(() => (field === null ? showPlace(path) : showField(field)));
  }
  /** A rebase merges what is saved. */
  async function openRebase(): Promise<void> {
    if (await saver.flush()) setDialog("rebase");
  }
  function adopt(theirs: Version, chosen: SegmentDocument): void {
    state.edit(() => chosen);
    saver.resolve(theirs, chosen);
  }
  return (
    <EditingProvider
      value={{ document, live: live?.document ?? null, edit: state.edit, choices, vocabulary, testResults, readOnly }}
    >
      <TopBar
        crumbs={[
          { label: "Segments", href: "/segments" },
          { label: document.name, href: `/segments/${version.segmentKey}` },
          { label: locked ? `v${version.number}` : `Draft of v${version.number}` },
        ]}
        status={<SaveStatusLine status={status} onRetry={() => void saver.flush()} />}
      />
      <EditorHeader
        name={document.name}
        version={version}
        view={view}
        onView={(next) => void setView(next)}
        findings={preview.findings}
        canSubmit={maySubmit && !locked}
        onSubmit={() => setDialog("submit")}
        onWithdraw={maySubmit ? () => setDialog("withdraw") : undefined}
        undo={state.canUndo && !readOnly ? state.undo : undefined}
        redo={state.canRedo && !readOnly ? state.redo : undefined}
      />
      <SplitBody
        side={<PreviewPanel live={preview} by={splitBy} onBy={(next) => void setBy(next)} onShow={show} />}
        sideWidth={484}
        sideLabel="Preview"
      >
        <LockBanner version={version} locked={locked} onUnlock={mayWrite ? () => setUnlocked(true) : undefined} />
        <RebaseBanner version={version} live={live} onRebase={mayWrite ? () => void openRebase() : undefined} />
        <StandingNote document={document} />
        <RuleSection view={view} state={state} preview={preview} />
        <OpenFieldProvider value={{ openField, setOpenField }}>
          <EditorFields />
        </OpenFieldProvider>
      </SplitBody>
      <SubmitDialog
        opened={dialog === "submit"}
        onClose={() => setDialog(null)}
        version={version}
        preview={preview.preview}
        onBeforeSubmit={() => saver.flush()}
      />
      <WithdrawDialog opened={dialog === "withdraw"} onClose={() => setDialog(null)} version={version} />
      {dialog === "rebase" && (
        <RebaseDialog
          versionId={version.id}
          onClose={() => setDialog(null)}
          onRebased={(rebased) => {
            adopt(rebased, rebased.document);
            setUnlocked(false);
            setDialog(null);
          }}
        />
      )}
      {status.kind === "stale" && (
        <StaleDialog
          base={status.base}
          mine={document}
          theirs={status.theirs}
          onChoose={(chosen) => adopt(status.theirs, chosen)}
        />
      )}
    </EditingProvider>
  );
}
