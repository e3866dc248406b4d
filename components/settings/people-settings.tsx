"use client";

import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { NameCell } from "@/components/ui/name-cell";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { TagList } from "@/components/ui/tag";
import type { PersonList } from "@/lib/access/contract";
import { peopleQuery } from "@/lib/access/queries";

type Person = PersonList["items"][number];

export function PeopleSettings() {
  const people = useQuery(peopleQuery());
  const teams = new Map(people.data?.teams.map(({ key, name }) => [key, name]));
  return (
    <ServerTable
      label="People"
      columns={columnsOf(teams)}
      rows={people.data?.items}
      idOf={(person) => person.id}
      fetching={people.isFetching}
      error={people.error}
      onRetry={() => people.refetch()}
      empty={<EmptyState title="Nobody yet">People appear at their first sign-in.</EmptyState>}
    />
  );
}

const columnsOf = (teams: ReadonlyMap<string, string>): readonly ServerColumn<Person>[] => [
  { key: "name", title: "Person", render: (person) => <NameCell name={person.name} sub={person.email} /> },
  { key: "team", title: "Team", width: 160, render: ({ team }) => (team === null ? "—" : (teams.get(team) ?? team)) },
  { key: "roles", title: "Roles", render: (person) => <TagList tags={person.roles} max={6} /> },
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
