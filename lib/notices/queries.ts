import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { noticeListSchema, webhookDeliveryListSchema, webhookListSchema } from "./contract";

const pollMs = 20_000;
const pollPendingMs = 2_000;
const latest = 8;
const pageSize = 50;

/** The newest notices and how many are unread; asked anew while the console is open. */
export function latestNoticesQuery() {
  return queryOptions({
    queryKey: ["notices", "latest"],
    queryFn: ({ signal }) => fetchJson(noticeListSchema, `/api/v1/notices?limit=${latest}`, { signal }),
    refetchInterval: pollMs,
  });
}

/** Page by page, newest first; asked anew while it is looked at. */
export function inboxQuery(unread: boolean) {
  return infiniteQueryOptions({
    queryKey: ["notices", "inbox", { unread }],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ unread: String(unread), limit: String(pageSize) });
      if (pageParam) query.set("before", pageParam);
      return fetchJson(noticeListSchema, `/api/v1/notices?${query}`, { signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    refetchInterval: pollMs,
  });
}

/** Asked anew often while something is on its way. */
export function webhooksQuery() {
  return queryOptions({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) => fetchJson(webhookListSchema, "/api/v1/webhooks", { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ deliveries }) => deliveries.pending > 0) ? pollPendingMs : pollMs,
  });
}

/** Asked anew often while something is on its way. */
export function webhookDeliveriesQuery(webhookId: string) {
  return queryOptions({
    queryKey: ["webhooks", webhookId, "deliveries"],
    queryFn: ({ signal }) =>
      fetchJson(webhookDeliveryListSchema, `/api/v1/webhooks/${encodeURIComponent(webhookId)}/deliveries`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === "pending") ? pollPendingMs : pollMs,
  });
}
