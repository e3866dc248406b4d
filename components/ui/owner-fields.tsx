"use client";

import { Select, SimpleGrid } from "@mantine/core";
import type { PersonList } from "@/lib/access/contract";

type Owner = { readonly team: string; readonly person: string };

type OwnerFieldsProps = {
  readonly owner: Owner | undefined;
  readonly onOwner: (owner: Owner) => void;
  readonly people: PersonList;
};

/** A team and a person. Who is chosen first brings their team along. */
export function OwnerFields({ owner, onOwner, people: { items, teams } }: OwnerFieldsProps) {
  function choose(part: Partial<Owner>): void {
    const wanted = { team: owner?.team, person: owner?.person, ...part };
    const chosen = items.find((each) => each.email === wanted.person);
    const next = { team: wanted.team ?? chosen?.team ?? teams[0]?.key, person: wanted.person ?? items[0]?.email };
    if (next.team && next.person) onOwner({ team: next.team, person: next.person });
  }
  return (
    <SimpleGrid cols={2} spacing="lg">
      <Select
        label="Team"
        data={teams.map((each) => ({ value: each.key, label: each.name }))}
        value={owner?.team ?? null}
        onChange={(key) => key !== null && choose({ team: key })}
        allowDeselect={false}
        searchable
      />
      <Select
        label="Person"
        data={items.map((each) => ({ value: each.email, label: each.name }))}
        value={owner?.person ?? null}
        onChange={(email) => email !== null && choose({ person: email })}
        allowDeselect={false}
        searchable
      />
    </SimpleGrid>
  );
}
