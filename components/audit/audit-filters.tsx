"use client";

import { Group, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";

export type AuditFilter = {
  readonly subject: string | null;
  readonly actor: string | null;
  readonly action: string | null;
};

type AuditFiltersProps = {
  readonly filter: AuditFilter;
  readonly onFilter: (filter: Partial<AuditFilter>) => void;
};

export function AuditFilters({ filter, onFilter }: AuditFiltersProps) {
  const search = useDebouncedCallback((name: keyof AuditFilter, value: string) => {
    onFilter({ [name]: value.trim() || null });
  }, 250);
  const fields = [
    { name: "action", label: "Action", placeholder: "segment.released, or version." },
    { name: "actor", label: "Who", placeholder: "name, e-mail or id" },
    { name: "subject", label: "On", placeholder: "segment:loyal-3y" },
  ] as const;
  return (
    <Group gap="sm" pb="md" component="search">
      {fields.map(({ name, label, placeholder }) => (
        <TextInput
          key={name}
          aria-label={label}
          placeholder={`${label}: ${placeholder}`}
          defaultValue={filter[name] ?? ""}
          onChange={(event) => search(name, event.currentTarget.value)}
          w={240}
        />
      ))}
    </Group>
  );
}
