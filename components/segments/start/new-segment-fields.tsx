"use client";

import { MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useNames } from "@/components/layout/use-names";
import type { NewSegment } from "@/lib/segments/blank-document";
import { criticalities } from "@/lib/segments/document";
import styles from "../segments.module.css";

export type Problems = Partial<Record<keyof NewSegment, string>>;

type FieldsProps = {
  readonly values: NewSegment;
  readonly problems: Problems;
  readonly onTyped: (part: Partial<NewSegment>) => void;
};

export function NewSegmentFields({ values, problems, onTyped }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={120}
        value={values.name}
        onChange={(event) => onTyped({ name: event.currentTarget.value })}
        error={problems.name}
      />
      <TextInput
        label="Key"
        required
        description="What rules, treatments and the feed call it. It stays for ever."
        classNames={{ input: styles.mono }}
        value={values.key}
        onChange={(event) => onTyped({ key: event.currentTarget.value })}
        error={problems.key}
      />
      <Textarea
        label="In one line"
        minRows={1}
        maxLength={2_000}
        value={values.description}
        onChange={(event) => onTyped({ description: event.currentTarget.value })}
      />
      <Guards values={values} onTyped={onTyped} />
      <Owner values={values} problems={problems} onTyped={onTyped} />
    </>
  );
}

function Guards({ values, onTyped }: Omit<FieldsProps, "problems">) {
  const names = useNames();
  return (
    <div className={styles.pair}>
      <MultiSelect
        label="Purposes"
        data={optionsOf(names.purposes)}
        nothingFoundMessage="None is known; privacy or an administrator adds purposes under Settings."
        searchable
        value={values.purposes}
        onChange={(purposes) => onTyped({ purposes })}
      />
      <MultiSelect
        label="Regions"
        data={optionsOf(names.regions)}
        nothingFoundMessage="None is known; privacy or an administrator adds regions under Settings."
        searchable
        value={values.regions}
        onChange={(regions) => onTyped({ regions })}
      />
    </div>
  );
}

function Owner({ values, problems, onTyped }: FieldsProps) {
  const names = useNames();
  const shared = { allowDeselect: false, searchable: true } as const;
  return (
    <div className={styles.pair}>
      <Select
        {...shared}
        label="Team that answers for it"
        data={optionsOf(names.teams)}
        value={values.team}
        onChange={(team) => team !== null && onTyped({ team })}
        error={problems.team}
      />
      <Select
        {...shared}
        label="Person"
        data={optionsOf(names.people)}
        value={values.person}
        onChange={(person) => person !== null && onTyped({ person })}
      />
      <Select
        label="Criticality"
        data={[...criticalities]}
        allowDeselect={false}
        value={values.criticality}
        onChange={(criticality) => criticality !== null && onTyped({ criticality })}
      />
    </div>
  );
}

function optionsOf(names: ReadonlyMap<string, string>): { value: string; label: string }[] {
  return [...names].map(([value, label]) => ({ value, label }));
}
