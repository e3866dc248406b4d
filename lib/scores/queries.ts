import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { modelListSchema, scoreOverrideListSchema } from "./contract";

export function modelListQuery() {
  return queryOptions({
    queryKey: ["models"],
    queryFn: ({ signal }) => fetchJson(modelListSchema, "/api/v1/models", { signal }),
  });
}

export function scoreOverridesQuery(customerId: string) {
  return queryOptions({
    queryKey: ["customers", "score-overrides", customerId],
    queryFn: ({ signal }) => fetchJson(scoreOverrideListSchema, overridesOf(customerId), { signal }),
  });
}

export function overridesOf(customerId: string): string {
  return `/api/v1/customers/${encodeURIComponent(customerId)}/score-overrides`;
}
