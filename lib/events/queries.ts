import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { eventTypeListSchema } from "./contract";

export function eventTypeListQuery() {
  return queryOptions({
    queryKey: ["catalogue", "event-types"],
    queryFn: ({ signal }) => fetchJson(eventTypeListSchema, "/api/v1/event-types", { signal }),
  });
}
