import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { createRoute, z } from "@hono/zod-openapi";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import { type FeedHono, freshHeaders, refusals, requireKey } from "./call";

const summary =
  "Changes and heads as they come, as server-sent events; `Last-Event-ID` or `after` goes on from a place";

const streamCall = createRoute({
  method: "get",
  path: "/v1/{environment}/stream",
  summary,
  security: [{ key: [] }],
  request: { params: z.object({ environment: z.string() }) },
  responses: {
    200: { description: summary, content: { "text/event-stream": { schema: z.string() } } },
    ...refusals,
  },
});

/** Admitted like every call; what follows is written to the bare response. */
export function addStream(app: FeedHono, feed: Feed): void {
  app.use("/v1/:environment/stream", requireKey(feed, "definitions"));
  app.openapi(streamCall, async (c) => {
    const headers = { ...freshHeaders(), "x-request-id": c.var.requestId };
    if (c.req.raw.method === "HEAD")
      return new Response(null, { headers: { ...headers, "content-type": eventStream } });
    const response = c.env?.outgoing;
    if (!response) throw new FeedRefusal("unavailable");
    const after = c.req.header("last-event-id") ?? c.req.query("after");
    await feed.streams.open({ key: c.var.key, view: c.var.view, after, headers, response });
    return RESPONSE_ALREADY_SENT;
  });
}

const eventStream = "text/event-stream";
