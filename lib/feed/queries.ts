import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { consumerListSchema } from "./contract";
import { feedKeyListSchema } from "./signing-contract";

export function consumerListQuery() {
  return queryOptions({
    queryKey: ["consumers"],
    queryFn: ({ signal }) => fetchJson(consumerListSchema, "/api/v1/consumers", { signal }),
  });
}

/** The keys that sign the feed's heads. */
export function feedKeyListQuery() {
  return queryOptions({
    queryKey: ["feed-keys"],
    queryFn: ({ signal }) => fetchJson(feedKeyListSchema, "/api/v1/feed-keys", { signal }),
  });
}
