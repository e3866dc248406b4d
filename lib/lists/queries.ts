import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import {
  type listEntriesQuerySchema,
  listEntriesSchema,
  listListSchema,
  type managedListQuerySchema,
  managedListSchema,
} from "./contract";

export function listListQuery() {
  return queryOptions({
    queryKey: ["lists"],
    queryFn: ({ signal }) => fetchJson(listListSchema, "/api/v1/lists", { signal }),
  });
}

export function managedListQuery(key: string, compare: z.output<typeof managedListQuerySchema> = {}) {
  const search = searchOf(compare);
  return queryOptions({
    queryKey: ["lists", key, search],
    queryFn: ({ signal }) => fetchJson(managedListSchema, `${listUrl(key)}${search}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** For people who may look customers up only. */
export function listEntriesQuery(key: string, page: Partial<z.output<typeof listEntriesQuerySchema>> = {}) {
  const search = searchOf(page);
  return queryOptions({
    queryKey: ["lists", key, "entries", search],
    queryFn: ({ signal }) => fetchJson(listEntriesSchema, `${listUrl(key)}/entries${search}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The version as a CSV file; for people who may look customers up only. */
export function listExportUrl(key: string, version: number): string {
  return `${listUrl(key)}/export?version=${version}`;
}

export function listUrl(key: string): string {
  return `/api/v1/lists/${encodeURIComponent(key)}`;
}

function searchOf(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
