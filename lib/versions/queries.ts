import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { commentListSchema, pulseSchema } from "./comment-contract";
import { draftListSchema, reviewQueueSchema, reviewSchema } from "./contract";
import { plannedRebaseSchema } from "./rebase-contract";

/** Everything the review screen shows of a version. */
export function reviewQuery(versionId: string) {
  return queryOptions({
    queryKey: ["versions", versionId],
    queryFn: ({ signal }) => fetchJson(reviewSchema, `/api/v1/versions/${encodeURIComponent(versionId)}`, { signal }),
  });
}

/** What a rebase would do; asked anew each time, as both sides may have moved. */
export function rebasePlanQuery(versionId: string) {
  return queryOptions({
    queryKey: ["versions", versionId, "rebase"],
    queryFn: ({ signal }) =>
      fetchJson(plannedRebaseSchema, `/api/v1/versions/${encodeURIComponent(versionId)}/rebase`, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

export function reviewQueueQuery(waiting: "me" | "all" = "all") {
  return queryOptions({
    queryKey: ["reviews", waiting],
    queryFn: ({ signal }) => fetchJson(reviewQueueSchema, `/api/v1/reviews?waiting=${waiting}`, { signal }),
  });
}

/** The drafts that the person who asks has worked on. */
export function myDraftsQuery() {
  return queryOptions({
    queryKey: ["drafts"],
    queryFn: ({ signal }) => fetchJson(draftListSchema, "/api/v1/drafts", { signal }),
  });
}

export function commentsQuery(versionId: string) {
  return queryOptions({
    queryKey: ["versions", versionId, "comments"],
    queryFn: ({ signal }) =>
      fetchJson(commentListSchema, `/api/v1/versions/${encodeURIComponent(versionId)}/comments`, { signal }),
  });
}

/** Asked every few seconds while somebody looks at a review. */
export function pulseQuery(versionId: string) {
  return queryOptions({
    queryKey: ["pulse", versionId],
    queryFn: ({ signal }) =>
      fetchJson(pulseSchema, `/api/v1/versions/${encodeURIComponent(versionId)}/pulse`, { signal }),
    refetchInterval: 3_000,
    staleTime: 0,
  });
}
