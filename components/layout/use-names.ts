"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { peopleQuery } from "@/lib/access/queries";
import { purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import type { FieldNames } from "@/lib/segments/governed-fields";

/** What keys are called; a key without a name stands for itself. */
export type Names = {
  readonly teams: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  readonly purposes: ReadonlyMap<string, string>;
  readonly regions: ReadonlyMap<string, string>;
};

/** What teams, people, purposes and regions are called, as far as it is known yet. */
export function useNames(): Names {
  const people = useQuery(peopleQuery()).data;
  const purposes = useQuery(purposeListQuery()).data;
  const regions = useQuery(regionListQuery()).data;
  return useMemo(
    () => ({
      teams: new Map(people?.teams.map(({ key, name }) => [key, name])),
      people: new Map(people?.items.map(({ email, name }) => [email, name])),
      purposes: new Map(purposes?.items.map(({ key, name }) => [key, name])),
      regions: new Map(regions?.items.map(({ key, name }) => [key, name])),
    }),
    [people, purposes, regions],
  );
}

export function fieldNamesOf({ purposes, regions, teams, people }: Names): FieldNames {
  return {
    purpose: (key) => purposes.get(key) ?? key,
    region: (key) => regions.get(key) ?? key,
    team: (key) => teams.get(key) ?? key,
    person: (email) => people.get(email) ?? email,
  };
}
