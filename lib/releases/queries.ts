import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import type { segmentListQuerySchema } from "../segments/list-query";
import { openBreakGlassListSchema } from "./break-glass-contract";
import { environmentListSchema } from "./contract";
import { freezeListSchema } from "./freeze-contract";
import { blameSchema, comparisonSchema, versionLineSchema } from "./history-contract";
import { segmentListSchema, segmentOverviewSchema } from "./overview-contract";
import { planListSchema } from "./plan-contract";
import { promotionListSchema } from "./promotion-contract";
import { scheduleListSchema } from "./schedule-contract";

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

/** A signed JSON file; for who may read the audit only. */
export function evidencePackUrl(releaseId: string): string {
  return `/api/v1/releases/${encodeURIComponent(releaseId)}/evidence-pack`;
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

/** Of one segment, or of all. */
export function scheduleListQuery(segment?: string) {
  return queryOptions({
    queryKey: ["schedules", segment ?? "all"],
    queryFn: ({ signal }) => fetchJson(scheduleListSchema, `/api/v1/schedules${ofSegment(segment)}`, { signal }),
  });
}

/** Of one segment, or of all; looked at again each half minute, as they go on by themselves. */
export function planListQuery(segment?: string) {
  return queryOptions({
    queryKey: ["plans", segment ?? "all"],
    queryFn: ({ signal }) => fetchJson(planListSchema, `/api/v1/plans${ofSegment(segment)}`, { signal }),
    refetchInterval: 30_000,
  });
}

export function openBreakGlassQuery() {
  return queryOptions({
    queryKey: ["break-glass"],
    queryFn: ({ signal }) => fetchJson(openBreakGlassListSchema, "/api/v1/break-glass-reviews", { signal }),
  });
}

export function freezeListQuery(environment: string) {
  return queryOptions({
    queryKey: ["environments", environment, "freezes"],
    queryFn: ({ signal }) =>
      fetchJson(freezeListSchema, `/api/v1/environments/${encodeURIComponent(environment)}/freezes`, { signal }),
  });
}

/** Pages count from 1. */
export function promotionListQuery({ from, to, page }: { from: string; to: string; page: number }) {
  const search = new URLSearchParams({ from, to, page: String(page) });
  return queryOptions({
    queryKey: ["promotions", from, to, page],
    queryFn: ({ signal }) => fetchJson(promotionListSchema, `/api/v1/promotions?${search}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

function ofSegment(segment: string | undefined): string {
  return segment === undefined ? "" : `?${new URLSearchParams({ segment })}`;
}

function segmentListSearch(query: Partial<z.output<typeof segmentListQuerySchema>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = Array.isArray(value) ? value.join(",") : value === undefined ? "" : String(value);
    if (text !== "") search.set(name, text);
  }
  return search.size === 0 ? "" : `?${search}`;
}
