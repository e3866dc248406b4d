"use client";

import { formatDay } from "@/components/ui/instant-format";
import { formatCount } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import type { ListEntry } from "@/lib/segments/document";
import { useEditing } from "../editor-context";
import { FieldRow } from "./field-row";
import styles from "./fields.module.css";
import { ListForm } from "./list-form";

/** Customers who are in or out whatever the rule says; guards still deny. */
export function HandFields() {
  return (
    <Section title="By hand">
      <dl>
        <ListField side="include" label="Always in" />
        <ListField side="exclude" label="Never in" />
      </dl>
    </Section>
  );
}

function ListField({ side, label }: { readonly side: "include" | "exclude"; readonly label: string }) {
  const { document, edit } = useEditing();
  const entries = document.definition[side];
  function setEntries(next: ListEntry[]): void {
    edit((before) => ({ ...before, definition: { ...before.definition, [side]: next } }));
  }
  return (
    <FieldRow field={side} label={label} form={<ListForm label={label} entries={entries} onEntries={setEntries} />}>
      {entries.length === 0 ? <span className={styles.dim}>nobody</span> : wordsOf(entries)}
    </FieldRow>
  );
}

/** "3 customers, until 31 Dec 2026"; the last end where they differ, none where one never ends. */
function wordsOf(entries: readonly ListEntry[]): string {
  const count = formatCount(entries.length, "customer");
  const ends = entries.map((entry) => entry.expiresAt).filter((end) => end !== undefined);
  const last = ends.sort().at(-1);
  if (last === undefined) return count;
  if (ends.length < entries.length) return `${count}, ${formatCount(ends.length, "of them", "of them")} with an end`;
  return `${count}, until ${formatDay(last)}`;
}
