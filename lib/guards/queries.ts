import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { waiverListSchema } from "./waiver-contract";

export function waiverListQuery(segment: string) {
  return queryOptions({
    queryKey: ["waivers", segment],
    queryFn: ({ signal }) =>
      fetchJson(waiverListSchema, `/api/v1/waivers?segment=${encodeURIComponent(segment)}`, { signal }),
  });
}
