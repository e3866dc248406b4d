"use client";

import { SegmentedControl, Stack } from "@mantine/core";
import { StandingFields } from "@/components/layout/standing-fields";
import { formatDay } from "@/components/ui/instant-format";
import { Section } from "@/components/ui/section";
import { upperFirst } from "@/lib/rules/phrase";
import { segmentStates } from "@/lib/segments/contract";
import type { DocumentStanding } from "@/lib/segments/document";
import { useEditing, useSet } from "../editor-context";
import { FieldRow } from "./field-row";
import styles from "./fields.module.css";

const firstNotice = {
  deprecated: "This segment is on its way out.",
  archived: "This segment is gone.",
} as const satisfies Record<DocumentStanding["state"], string>;

/** Whether it is in use, on its way out, or gone: what consumers are told of it. */
export function StandingField() {
  const { document } = useEditing();
  const set = useSet();
  const { standing } = document;
  function choose(chosen: string): void {
    const state = segmentStates.find((each) => each === chosen);
    if (state === undefined || state === "active") {
      set({ standing: undefined });
      return;
    }
    const isFirst = !standing || standing.notice === firstNotice[standing.state];
    set({ standing: { ...standing, state, notice: isFirst ? firstNotice[state] : standing.notice } });
  }
  const form = (
    <Stack gap="md" align="stretch">
      <SegmentedControl
        aria-label="Standing"
        data={segmentStates.map((value) => ({ value, label: upperFirst(value) }))}
        value={standing?.state ?? "active"}
        onChange={choose}
      />
      {standing && (
        <StandingFields
          standing={standing}
          onStanding={(next) => set({ standing: next }, "standing")}
          segmentKey={document.key}
        />
      )}
    </Stack>
  );
  return (
    <Section title="Standing">
      <dl>
        <FieldRow field="standing" label="Standing" form={form}>
          {standing ? <StandingInWords standing={standing} /> : "active"}
        </FieldRow>
      </dl>
    </Section>
  );
}

function StandingInWords({ standing }: { readonly standing: DocumentStanding }) {
  const { state, notice, removalAt, replacement } = standing;
  return (
    <>
      {state}
      {removalAt && `, to be removed on ${formatDay(removalAt)}`}
      {replacement && (
        <>
          , replaced by <b>{replacement}</b>
        </>
      )}
      <div className={styles.dim}>{notice}</div>
    </>
  );
}
