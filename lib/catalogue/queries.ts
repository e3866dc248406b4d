import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { attributeListSchema, attributeStatisticsSchema, purposeListSchema, regionListSchema } from "./contract";

export function attributeListQuery() {
  return queryOptions({
    queryKey: ["catalogue", "attributes"],
    queryFn: ({ signal }) => fetchJson(attributeListSchema, "/api/v1/attributes", { signal }),
  });
}

export function attributeStatisticsQuery(key: string) {
  return queryOptions({
    queryKey: ["catalogue", "attributes", key],
    queryFn: ({ signal }) =>
      fetchJson(attributeStatisticsSchema, `/api/v1/attributes/${encodeURIComponent(key)}`, { signal }),
  });
}

export function purposeListQuery() {
  return queryOptions({
    queryKey: ["catalogue", "purposes"],
    queryFn: ({ signal }) => fetchJson(purposeListSchema, "/api/v1/purposes", { signal }),
  });
}

export function regionListQuery() {
  return queryOptions({
    queryKey: ["catalogue", "regions"],
    queryFn: ({ signal }) => fetchJson(regionListSchema, "/api/v1/regions", { signal }),
  });
}
