import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { consumerListSchema } from "./contract";

export function consumerListQuery() {
  return queryOptions({
    queryKey: ["consumers"],
    queryFn: ({ signal }) => fetchJson(consumerListSchema, "/api/v1/consumers", { signal }),
  });
}
