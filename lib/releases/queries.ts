import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import type { segmentListQuerySchema } from "../segments/list-query";
import { environmentListSchema } from "./contract";
import { blameSchema, comparisonSchema, versionLineSchema } from "./history-contract";
import { segmentListSchema, segmentOverviewSchema } from "./overview-contract";

/** Takes the query as parsed or as typed; what is undefined or empty is left out of the address. */
export function segmentListQuery(query: Partial<z.output<typeof segmentListQuerySchema>> = {}) {
  const search = segmentListSearch(query);
  return queryOptions({
    queryKey: ["segments", "list", search],
    queryFn: ({ signal }) => fetchJson(segmentListSchema, `/api/v1/segments${search}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function segmentOverviewQuery(key: string) {
  return queryOptions({
    queryKey: ["segments", "overview", key],
    queryFn: ({ signal }) => fetchJson(segmentOverviewSchema, segmentUrl(key), { signal }),
  });
}

export function versionLineQuery(key: string) {
  return queryOptions({
    queryKey: ["segments", "versions", key],
    queryFn: ({ signal }) => fetchJson(versionLineSchema, `${segmentUrl(key)}/versions`, { signal }),
  });
}

export function blameQuery(key: string) {
  return queryOptions({
    queryKey: ["segments", "blame", key],
    queryFn: ({ signal }) => fetchJson(blameSchema, `${segmentUrl(key)}/blame`, { signal }),
  });
}

/** Each side is "v7", "r12" for a revision of production, or "staging:r12". */
export function comparisonQuery(key: string, from: string, to: string) {
  const search = new URLSearchParams({ from, to });
  return queryOptions({
    queryKey: ["segments", "comparison", key, from, to],
    queryFn: ({ signal }) => fetchJson(comparisonSchema, `${segmentUrl(key)}/comparison?${search}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

function segmentUrl(key: string): string {
  return `/api/v1/segments/${encodeURIComponent(key)}`;
}

export function environmentListQuery() {
  return queryOptions({
    queryKey: ["environments"],
    queryFn: ({ signal }) => fetchJson(environmentListSchema, "/api/v1/environments", { signal }),
  });
}

function segmentListSearch(query: Partial<z.output<typeof segmentListQuerySchema>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = Array.isArray(value) ? value.join(",") : value === undefined ? "" : String(value);
    if (text !== "") search.set(name, text);
  }
  return search.size === 0 ? "" : `?${search}`;
}
