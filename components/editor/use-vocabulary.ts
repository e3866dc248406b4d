"use client";

import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { isApiProblem } from "@/lib/http/fetch-json";
import type { ListItem } from "@/lib/lists/contract";
import { listListQuery } from "@/lib/lists/queries";
import type { SegmentListItem, SegmentOverview } from "@/lib/releases/overview-contract";
import { segmentListQuery, segmentOverviewQuery } from "@/lib/releases/queries";
import type { Rule } from "@/lib/rules/definition";
import { referencesOf } from "@/lib/rules/references";
import type { DocumentVocabulary } from "@/lib/rules/vocabulary";
import type { Choices } from "./editor-context";

/** A segment or managed list that a rule may refer to, as the editor shows it. */
export type ReferenceItem = {
  readonly key: string;
  readonly name: string;
  /** Null while it is not known; of a list 0 before its first upload. */
  readonly version: number | null;
  /** Members, or customers on the list. */
  readonly size: number | null;
};
export type References = ReadonlyMap<string, ReferenceItem>;

export type Vocabulary = DocumentVocabulary & {
  readonly attributes: ReadonlyMap<string, AttributeItem>;
  readonly segments: References;
  readonly lists: References;
};

const production = "production";
/** Most installations have fewer live segments; of more, those that the rule names are asked for by key. */
const firstSegments = { state: "live", sort: "name", pageSize: 200 } as const;

/** What the rule may name. A reference that is still being looked up counts as known, so that nothing blinks. */
export function useVocabulary(rule: Rule, { attributes, purposes, regions }: Choices): Vocabulary {
  const named = useMemo(() => chosenReferences(rule), [rule]);
  const lists = useQuery(listListQuery());
  const live = useQuery(segmentListQuery(firstSegments));
  const found = useMemo(() => byKey((live.data?.items ?? []).map(itemOfSegment)), [live.data]);
  const others = useMemo(
    () => (live.data ? named.segments.filter((key) => !found.has(key)) : []),
    [live.data, named, found],
  );
  const looked = useQueries({
    queries: others.map((key) => ({ ...segmentOverviewQuery(key), retry: false })),
    combine: itemsOfOverviews,
  });
  return useMemo(() => {
    const absent = new Set(looked.absent.map((place) => others[place]));
    const awaited = named.segments.filter((key) => !found.has(key) && !absent.has(key)).map(unknownItem);
    const listed = lists.data ? lists.data.items.map(itemOfList) : named.lists.map(unknownItem);
    return {
      attributes,
      purposes: byKey(purposes),
      regions: byKey(regions),
      segments: byKey([...awaited, ...found.values(), ...looked.items]),
      lists: byKey(listed),
    };
  }, [attributes, purposes, regions, named, found, others, looked, lists.data]);
}

/** A reference that is still to be chosen names "". */
function chosenReferences(rule: Rule): { readonly segments: readonly string[]; readonly lists: readonly string[] } {
  const { segments, lists } = referencesOf(rule);
  const isChosen = (key: string) => key !== "";
  return { segments: segments.filter(isChosen), lists: lists.filter(isChosen) };
}

export function itemOfSegment({ key, name, members, standings }: SegmentListItem): ReferenceItem {
  const standing = standings.find(({ environment }) => environment === production);
  return { key, name, version: standing?.version ?? null, size: members };
}

function itemOfList({ key, name, version, size }: ListItem): ReferenceItem {
  return { key, name, version, size };
}

function unknownItem(key: string): ReferenceItem {
  return { key, name: key, version: null, size: null };
}

/** Those that are live are items; those that are not, or not there at all, are absent, by their place. */
function itemsOfOverviews(overviews: UseQueryResult<SegmentOverview>[]): {
  readonly items: readonly ReferenceItem[];
  readonly absent: readonly number[];
} {
  const known = overviews.flatMap(({ data }) => (data ? [data] : []));
  return {
    items: known.flatMap(({ segment, live }) => {
      const release = live[production];
      if (!release) return [];
      return [{ key: segment.key, name: segment.name, version: release.version.number, size: release.members }];
    }),
    absent: overviews.flatMap(({ data, error }, place) =>
      (data && !data.live[production]) || (isApiProblem(error) && error.status === 404) ? [place] : [],
    ),
  };
}

function byKey<Item extends { readonly key: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((each) => [each.key, each]));
}
