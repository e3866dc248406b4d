"use client";

import { Group, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { NameCell } from "@/components/ui/name-cell";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { StateLabel } from "@/components/ui/state-glyph";
import { Tag, TagList } from "@/components/ui/tag";
import type { Person, PersonList } from "@/lib/access/contract";
import { peopleQuery } from "@/lib/access/queries";
import { DisablePerson } from "./disable-person";
import { AddPersonForm, ChangeRolesForm, EnablePersonForm } from "./person-forms";
import styles from "./settings.module.css";

export function PeopleSettings() {
  const people = useQuery(peopleQuery());
  const mayWrite = useCan("people.write");
  const teams = people.data?.teams ?? [];
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>
          Roles, and letting somebody in again, take two people: one proposes, another applies.
        </span>
        {mayWrite && (
          <AddDialog title="Add a person">{(close) => <AddPersonForm teams={teams} onClose={close} />}</AddDialog>
        )}
      </div>
      <ServerTable
        label="People"
        columns={[...columnsOf(teams), ...(mayWrite ? [writeColumn(teams)] : [])]}
        rows={people.data?.items}
        idOf={(person) => person.id}
        fetching={people.isFetching}
        error={people.error}
        onRetry={() => people.refetch()}
        empty={<EmptyState title="Nobody yet">People appear at their first sign-in.</EmptyState>}
      />
    </>
  );
}

type Teams = PersonList["teams"];

const columnsOf = (teams: Teams): readonly ServerColumn<Person>[] => [
  { key: "name", title: "Person", render: (person) => <NameCell name={person.name} sub={person.email} /> },
  {
    key: "team",
    title: "Team",
    width: 160,
    render: ({ team }) => teams.find(({ key }) => key === team)?.name ?? team ?? "—",
  },
  { key: "roles", title: "Roles", render: (person) => <RolesCell person={person} /> },
  {
    key: "disabled",
    title: "May sign in",
    width: 150,
    align: "right",
    render: ({ disabledAt }) =>
      disabledAt === null ? (
        "yes"
      ) : (
        <>
          not since <Instant at={disabledAt} />
        </>
      ),
  },
];

const writeColumn = (teams: Teams): ServerColumn<Person> => ({
  key: "write",
  title: "",
  width: 200,
  align: "right",
  render: (person) => (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {!person.rolesFromGroups && (
        <AddDialog title={`Change the roles of ${person.name}`} inRow="Roles…">
          {(close) => <ChangeRolesForm person={person} teams={teams} onClose={close} />}
        </AddDialog>
      )}
      {person.disabledAt === null ? (
        <DisablePerson person={person} />
      ) : (
        <AddDialog title={`Let ${person.name} in again`} inRow="Enable…">
          {(close) => <EnablePersonForm person={person} onClose={close} />}
        </AddDialog>
      )}
    </Group>
  ),
});

function RolesCell({ person: { roles, rolesFromGroups, sameSubjectAs } }: { readonly person: Person }) {
  return (
    <Group gap="xs">
      {roles.length > 0 ? <TagList tags={roles} max={6} /> : "none"}
      {rolesFromGroups && <Tag>by groups</Tag>}
      {sameSubjectAs.length > 0 && (
        <Tooltip label={`${sameSubjectAs.join(", ")} signs on as the same subject: in a review they are one person.`}>
          <span>
            <StateLabel state="attention">two accounts</StateLabel>
          </span>
        </Tooltip>
      )}
    </Group>
  );
}
