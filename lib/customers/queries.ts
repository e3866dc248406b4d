import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import type { Access } from "./access-purpose";
import {
  customerActivitySchema,
  customerLookupSchema,
  customerSearchSchema,
  importListSchema,
  startedImportSchema,
} from "./contract";
import { mergeListSchema, namespaceListSchema } from "./identity-contract";
import { requestedSchema, requestListSchema } from "./request-contract";

const importPollMs = 700;

export function customerSearchQuery(query: string) {
  return queryOptions({
    queryKey: ["customers", "search", query],
    queryFn: ({ signal }) =>
      fetchJson(customerSearchSchema, `/api/v1/customers?query=${encodeURIComponent(query)}`, { signal }),
  });
}

/** Each asking is a look that the audit records, so nothing asks again by itself. */
export function customerLookupQuery(id: string, environment: string, access: Access | null, asOf: string | null) {
  const search = new URLSearchParams({
    environment,
    ...(asOf === null ? {} : { asOf }),
    ...saying(access),
  });
  return queryOptions({
    queryKey: ["customers", "lookup", id, environment, access, asOf],
    queryFn: ({ signal }) =>
      fetchJson(customerLookupSchema, `/api/v1/customers/${encodeURIComponent(id)}?${search}`, { signal }),
    refetchOnWindowFocus: false,
  });
}

export function customerActivityQuery(id: string, access: Access | null) {
  const search = new URLSearchParams(saying(access));
  return queryOptions({
    queryKey: ["customers", "activity", id, access],
    queryFn: ({ signal }) =>
      fetchJson(customerActivitySchema, `/api/v1/customers/${encodeURIComponent(id)}/activity?${search}`, { signal }),
    refetchOnWindowFocus: false,
  });
}

function saying(access: Access | null): Record<string, string> {
  return access ? { accessPurpose: access.purpose, accessReference: access.reference } : {};
}

export function mergeListQuery(id: string) {
  return queryOptions({
    queryKey: ["customers", "merges", id],
    queryFn: ({ signal }) =>
      fetchJson(mergeListSchema, `/api/v1/customers/${encodeURIComponent(id)}/merges`, { signal }),
  });
}

export function namespaceListQuery() {
  return queryOptions({
    queryKey: ["identity-namespaces"],
    queryFn: ({ signal }) => fetchJson(namespaceListSchema, "/api/v1/identity-namespaces", { signal }),
  });
}

export function importListQuery() {
  return queryOptions({
    queryKey: ["imports"],
    queryFn: ({ signal }) => fetchJson(importListSchema, "/api/v1/imports", { signal }),
  });
}

/** One import, asked for again while it runs. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ["imports", id],
    queryFn: ({ signal }) => fetchJson(startedImportSchema, `/api/v1/imports/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.import.state === "running" ? importPollMs : false),
  });
}

const requestPollMs = 2_000;

export function requestListQuery() {
  return queryOptions({
    queryKey: ["data-requests"],
    queryFn: ({ signal }) => fetchJson(requestListSchema, "/api/v1/data-requests", { signal }),
  });
}

/** One request; an erasure is asked for again until it is done. */
export function requestQuery(id: string) {
  return queryOptions({
    queryKey: ["data-requests", id],
    queryFn: ({ signal }) => fetchJson(requestedSchema, `/api/v1/data-requests/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => {
      const request = state.data?.request;
      return request?.kind === "erasure" && request.state === "open" ? requestPollMs : false;
    },
  });
}
