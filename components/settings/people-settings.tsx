"use client";

import { Group, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { NameCell } from "@/components/ui/name-cell";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { StateLabel } from "@/components/ui/state-glyph";
import { Tag, TagList } from "@/components/ui/tag";
import type { Person } from "@/lib/access/contract";
import { peopleQuery } from "@/lib/access/queries";
import { DisablePerson } from "./disable-person";

export function PeopleSettings() {
  const people = useQuery(peopleQuery());
  const mayDisable = useCan("people.write");
  const teams = new Map(people.data?.teams.map(({ key, name }) => [key, name]));
  return (
    <ServerTable
      label="People"
      columns={columnsOf(teams, mayDisable)}
      rows={people.data?.items}
      idOf={(person) => person.id}
      fetching={people.isFetching}
      error={people.error}
      onRetry={() => people.refetch()}
      empty={<EmptyState title="Nobody yet">People appear at their first sign-in.</EmptyState>}
    />
  );
}

const columnsOf = (teams: ReadonlyMap<string, string>, mayDisable: boolean): readonly ServerColumn<Person>[] => [
  { key: "name", title: "Person", render: (person) => <NameCell name={person.name} sub={person.email} /> },
  { key: "team", title: "Team", width: 160, render: ({ team }) => (team === null ? "—" : (teams.get(team) ?? team)) },
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
  ...(mayDisable ? [disableColumn] : []),
];

const disableColumn: ServerColumn<Person> = {
  key: "disable",
  title: "",
  width: 110,
  align: "right",
  render: (person) => (person.disabledAt === null ? <DisablePerson person={person} /> : null),
};

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
