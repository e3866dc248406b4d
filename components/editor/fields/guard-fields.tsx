"use client";

import { Checkbox, MultiSelect, Stack } from "@mantine/core";
import { Section } from "@/components/ui/section";
import { Tag } from "@/components/ui/tag";
import type { LawfulBasis } from "@/lib/catalogue/definition";
import { labelsUsed } from "@/lib/segments/labels-used";
import { useEditing, useSet } from "../editor-context";
import { FieldRow } from "./field-row";
import styles from "./fields.module.css";

const basisWords = {
  consent: "consent",
  contract: "a contract",
  legal_duty: "a legal duty",
  legitimate_interest: "a legitimate interest",
  vital_interest: "a vital interest",
  public_task: "a public task",
} as const satisfies Record<LawfulBasis, string>;

/** Whom the segment may hold at all, whatever its rule says. */
export function GuardFields() {
  return (
    <Section title="Guards">
      <dl>
        <Purposes />
        <Regions />
        <Labels />
      </dl>
    </Section>
  );
}

function Purposes() {
  const { document, choices, live } = useEditing();
  const set = useSet();
  const named = document.purposes.map((key) => choices.purposes.find((each) => each.key === key) ?? { key, name: key });
  const form = (
    <Checkbox.Group value={document.purposes} onChange={(purposes) => set({ purposes })} aria-label="Purposes">
      <Stack gap="sm">
        {choices.purposes.map((purpose) => (
          <Checkbox
            key={purpose.key}
            value={purpose.key}
            label={`${purpose.name}, rests on ${basisWords[purpose.lawfulBasis]}`}
            description={purpose.description || undefined}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
  return (
    <FieldRow field="purposes" label="Purposes" form={form}>
      {named.length === 0 && <span className={styles.bad}>none set; it cannot be submitted</span>}
      <span className={styles.inline}>
        {named.map((purpose) => (
          <span key={purpose.key} className={styles.inline}>
            <Tag tone={isNew(live?.purposes, purpose.key) ? "new" : "plain"}>{purpose.name}</Tag>
            {"lawfulBasis" in purpose && <span className={styles.dim}>rests on {basisWords[purpose.lawfulBasis]}</span>}
          </span>
        ))}
      </span>
    </FieldRow>
  );
}

function Regions() {
  const { document, choices, live } = useEditing();
  const set = useSet();
  const form = (
    <MultiSelect
      label="Where members may reside"
      data={choices.regions.map((region) => ({ value: region.key, label: region.name }))}
      value={document.regions}
      onChange={(regions) => set({ regions })}
      searchable
      data-autofocus
    />
  );
  return (
    <FieldRow field="regions" label="Regions" form={form}>
      {document.regions.length === 0 && <span className={styles.bad}>none set; nobody can be a member</span>}
      <span className={styles.inline}>
        {document.regions.map((key) => {
          const name = choices.regions.find((region) => region.key === key)?.name ?? key;
          const fresh = isNew(live?.regions, key);
          return (
            <Tag key={key} tone={fresh ? "new" : "plain"}>
              {fresh ? `${name}, new` : name}
            </Tag>
          );
        })}
      </span>
    </FieldRow>
  );
}

function Labels() {
  const { document, choices } = useEditing();
  const labels = labelsUsed(document.definition.rule, choices.attributes);
  return (
    <FieldRow field="labels" label="Labels, from attributes">
      {labels.length === 0 && <span className={styles.dim}>none</span>}
      <span className={styles.inline}>
        {labels.map(({ label, attributes }) => (
          <span key={label} className={styles.inline}>
            <Tag>{label}</Tag>
            <span className={styles.dim}>by {attributes.join(", ")}</span>
          </span>
        ))}
      </span>
    </FieldRow>
  );
}

function isNew(before: readonly string[] | undefined, key: string): boolean {
  return before !== undefined && !before.includes(key);
}
