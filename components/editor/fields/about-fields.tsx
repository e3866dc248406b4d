"use client";

import { Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { OwnerFields } from "@/components/ui/owner-fields";
import { Section } from "@/components/ui/section";
import { TagList } from "@/components/ui/tag";
import { tidyValues } from "@/lib/rules/split-values";
import { type Criticality, criticalities } from "@/lib/segments/document";
import { useEditing, useSet } from "../editor-context";
import { FieldRow } from "./field-row";
import styles from "./fields.module.css";

const criticalityWords = {
  strategic: "Strategic",
  operational: "Operational",
  billing: "Billing",
  regulatory: "Regulatory",
} as const satisfies Record<Criticality, string>;

/** Who answers for it, what it is called, why it exists. */
export function AboutFields() {
  return (
    <>
      <Section title="Who answers for it">
        <dl>
          <Owner />
          <CriticalityField />
        </dl>
      </Section>
      <Section title="What it is called">
        <dl>
          <Name />
          <Tags />
        </dl>
      </Section>
      <Section title="Why it exists">
        <dl>
          <Why />
        </dl>
      </Section>
    </>
  );
}

function Owner() {
  const { document, choices } = useEditing();
  const set = useSet();
  const { owner } = document;
  const { items, teams } = choices.people;
  const person = items.find((each) => each.email === owner?.person);
  const team = teams.find((each) => each.key === owner?.team);
  const form = <OwnerFields owner={owner} onOwner={(next) => set({ owner: next })} people={choices.people} />;
  return (
    <FieldRow field="owner" label="Owner" form={form}>
      {owner ? (
        <>
          {team?.name ?? owner.team}, {person?.name ?? owner.person}
        </>
      ) : (
        <span className={styles.bad}>nobody; it cannot be submitted</span>
      )}
    </FieldRow>
  );
}

function CriticalityField() {
  const { criticality } = useEditing().document;
  const set = useSet();
  const form = (
    <Select
      label="Criticality"
      data={criticalities.map((value) => ({ value, label: criticalityWords[value] }))}
      value={criticality}
      onChange={(value) => value !== null && set({ criticality: value })}
      allowDeselect={false}
      maw={280}
    />
  );
  return (
    <FieldRow field="criticality" label="Criticality" form={form}>
      {criticalityWords[criticality]}
    </FieldRow>
  );
}

function Name() {
  const { name, description } = useEditing().document;
  const set = useSet();
  const form = (
    <>
      <TextInput
        label="Name"
        value={name}
        maxLength={120}
        onChange={(event) => set({ name: event.currentTarget.value }, "name")}
        error={name.trim() === "" ? "A segment has a name." : false}
      />
      <Textarea
        label="In one line"
        minRows={1}
        maxLength={2_000}
        value={description}
        onChange={(event) => set({ description: event.currentTarget.value }, "description")}
      />
    </>
  );
  return (
    <FieldRow field="name" label="Name" form={form}>
      {name}
      {description && <div className={styles.dim}>{description}</div>}
    </FieldRow>
  );
}

function Tags() {
  const { tags } = useEditing().document;
  const set = useSet();
  const form = (
    <TagsInput
      label="Tags"
      maxTags={20}
      value={tags}
      onChange={(next) => set({ tags: tidyValues(next).map((tag) => tag.slice(0, 40)) })}
      acceptValueOnBlur
    />
  );
  return (
    <FieldRow field="tags" label="Tags" form={form}>
      {tags.length === 0 ? <span className={styles.dim}>none</span> : <TagList tags={tags} max={20} />}
    </FieldRow>
  );
}

function Why() {
  const { documentation } = useEditing().document;
  const set = useSet();
  const form = (
    <Textarea
      aria-label="Why it exists"
      minRows={4}
      maxRows={20}
      maxLength={20_000}
      value={documentation}
      onChange={(event) => set({ documentation: event.currentTarget.value }, "documentation")}
    />
  );
  return (
    <FieldRow field="documentation" label="Reason and measure" form={form}>
      {documentation ? (
        <div className={styles.prose}>{documentation}</div>
      ) : (
        <span className={styles.dim}>Not said yet. What is it for, how is it measured, when does it end?</span>
      )}
    </FieldRow>
  );
}
