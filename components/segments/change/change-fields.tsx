"use client";

import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { StandingFields } from "@/components/layout/standing-fields";
import { OwnerFields } from "@/components/ui/owner-fields";
import { peopleQuery } from "@/lib/access/queries";
import type { GovernedChange } from "@/lib/segments/governed-change";

type ChangeFieldsProps = {
  readonly change: GovernedChange;
  readonly onChange: (change: GovernedChange) => void;
  readonly segmentKey: string;
};

/** What a change says, each kind its own fields. */
export function ChangeFields({ change, onChange, segmentKey }: ChangeFieldsProps) {
  switch (change.kind) {
    case "rename":
      return (
        <TextInput
          label="Name"
          maxLength={120}
          data-autofocus
          value={change.name}
          onChange={(event) => onChange({ ...change, name: event.currentTarget.value })}
        />
      );
    case "reown":
      return <Owner owner={change.owner} onOwner={(owner) => onChange({ ...change, owner })} />;
    case "deprecate":
    case "archive": {
      const { kind, ...standing } = change;
      const state = kind === "archive" ? "archived" : "deprecated";
      return (
        <StandingFields
          standing={{ state, ...standing }}
          onStanding={({ state: _, ...next }) => onChange({ kind, ...next })}
          segmentKey={segmentKey}
        />
      );
    }
    case "restore":
      return null;
  }
}

type Owner = Extract<GovernedChange, { kind: "reown" }>["owner"];

function Owner({ owner, onOwner }: { readonly owner: Owner; readonly onOwner: (owner: Owner) => void }) {
  const { data: people } = useQuery(peopleQuery());
  return people ? <OwnerFields owner={owner} onOwner={onOwner} people={people} /> : null;
}
