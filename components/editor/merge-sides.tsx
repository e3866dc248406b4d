import { Radio, Table } from "@mantine/core";
import { fieldNamesOf, useNames } from "@/components/layout/use-names";
import { DocumentChanges } from "@/components/ui/document-changes";
import { PlainTable } from "@/components/ui/plain-table";
import { Section } from "@/components/ui/section";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { changesInWords } from "@/lib/rules/changes-in-words";
import { describe as describeRule } from "@/lib/rules/describe";
import { sentence } from "@/lib/rules/phrase";
import type { SegmentDocument } from "@/lib/segments/document";
import { fieldLabel } from "@/lib/segments/governed-fields";
import {
  conflictInWords,
  type DocumentMerge,
  type MergeChoices,
  type MergeConflict,
  mergeDocuments,
  ruleInConflict,
} from "@/lib/segments/merge-documents";
import styles from "./editor.module.css";
import { useEditing } from "./editor-context";

/** What is merged: what both began with, what was saved or released since, and what stands here. */
export type MergedSides = {
  readonly base: SegmentDocument | null;
  readonly live: SegmentDocument;
  readonly draft: SegmentDocument;
};

type MergeSidesProps = {
  readonly sides: MergedSides;
  /** What the other side is called, as "v6, live". */
  readonly other: string;
  readonly choices: MergeChoices;
  readonly onChoose: (field: string, side: "live" | "draft") => void;
};

/** What merges by itself, and whose stays where both sides changed the same. */
export function MergeSides({ sides, other, choices, onChoose }: MergeSidesProps) {
  const { vocabulary } = useEditing();
  const names = fieldNamesOf(useNames());
  const { base, live, draft } = sides;
  const { conflicts, kept } = mergeDocuments(base, live, draft);
  const merged = withDraftSide(sides, conflicts).document;
  return (
    <>
      {conflicts.length > 0 && (
        <Section title="Both changed" count={conflicts.length}>
          <PlainTable columns={[{ title: "Field" }, { title: other }, { title: "Yours" }]} minWidth={560}>
            {conflicts.map((conflict) => (
              <Table.Tr key={conflict.field}>
                <Table.Td valign="top">{conflict.label}</Table.Td>
                {(["live", "draft"] as const).map((side) => (
                  <Table.Td key={side} valign="top" py="sm">
                    <Radio
                      name={conflict.field}
                      checked={choices[conflict.field] === side}
                      onChange={() => onChoose(conflict.field, side)}
                      aria-label={`${conflict.label}: ${side === "live" ? other : "yours"}`}
                      label={<SideInWords conflict={conflict} side={side} document={live} />}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </PlainTable>
        </Section>
      )}
      <Section title="Comes into your draft">
        <DocumentChanges
          before={{ document: draft, rule: draft.definition.rule }}
          after={{ document: merged, rule: merged.definition.rule }}
          vocabulary={vocabulary}
          names={names}
          none={conflicts.length > 0 ? "Nothing by itself." : "Nothing: your draft has it all."}
        />
      </Section>
      {kept.length > 0 && (
        <p className={styles.dim}>
          Stays as in your draft: {kept.map((field) => fieldLabel(field).toLowerCase()).join(", ")}.
        </p>
      )}
    </>
  );
}

/** With the draft's side wherever nobody has chosen: what is left is what comes in by itself. */
function withDraftSide({ base, live, draft }: MergedSides, conflicts: readonly MergeConflict[]): DocumentMerge {
  return mergeDocuments(base, live, draft, Object.fromEntries(conflicts.map(({ field }) => [field, "draft" as const])));
}

type SideInWordsProps = {
  readonly conflict: MergeConflict;
  readonly side: "live" | "draft";
  readonly document: SegmentDocument;
};

function SideInWords({ conflict, side, document }: SideInWordsProps) {
  const { vocabulary } = useEditing();
  const names = fieldNamesOf(useNames());
  const [before, rule] = [ruleInConflict(conflict, conflict.base), ruleInConflict(conflict, conflict[side])];
  if (!rule) return <>{conflictInWords(conflict, conflict[side], document, names).join(", ") || "none"}</>;
  const changes = before ? changesInWords(before, rule, vocabulary) : [describeRule(rule, vocabulary)];
  return (
    <>
      {changes.map((phrases) => (
        <div key={sentence(phrases)}>
          <SentenceParts parts={phrases} />
        </div>
      ))}
    </>
  );
}
