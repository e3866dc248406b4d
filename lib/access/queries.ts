import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { ownSessionSchema, personalTokenListSchema, personListSchema } from "./contract";

export function peopleQuery() {
  return queryOptions({
    queryKey: ["people"],
    queryFn: ({ signal }) => fetchJson(personListSchema, "/api/v1/people", { signal }),
  });
}

export function tokensQuery() {
  return queryOptions({
    queryKey: ["tokens"],
    queryFn: ({ signal }) => fetchJson(personalTokenListSchema, "/api/v1/tokens", { signal }),
  });
}

export function ownSessionQuery() {
  return queryOptions({
    queryKey: ["session"],
    queryFn: ({ signal }) => fetchJson(ownSessionSchema, "/api/v1/session", { signal }),
  });
}
