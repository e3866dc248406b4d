import type { Context } from "hono";
import {
  type BundleFormat,
  bundleFormats,
  bundleSchema,
  feedSegmentAnswerSchema,
  feedSegmentListSchema,
  headSchema,
} from "../../wire";
import type { Feed } from "../feed";
import { FeedRefusal } from "../problems";
import { type Representation, represent } from "../representation";
import { answerOf } from "../serve";
import { call, type FeedEnvironment, type FeedHono, requireKey } from "./call";

/** What was released: head, bundle and segments, from memory. */
export function addDefinitions(app: FeedHono, feed: Feed): void {
  for (const path of ["/head", "/bundle", "/segments", "/segments/:key"])
    app.use(`/v1/:environment${path}`, requireKey(feed, "definitions"));

  app.openapi(call("/head", "Revision and digests: what to compare with before pulling more", headSchema), (c) =>
    send(c, c.var.view.head),
  );
  app.openapi(call("/bundle", "Every released segment of the key's scope, with its guarded rule", bundleSchema), (c) =>
    send(c, c.var.view.bundles[formatOf(c.req.query("format"))]),
  );
  app.openapi(call("/segments", "The released segments without their rules", feedSegmentListSchema), (c) =>
    send(c, c.var.view.list),
  );
  app.openapi(call("/segments/{key}", "One released segment", feedSegmentAnswerSchema), (c) => {
    const { environment, revision, segments, scopeName } = c.var.view;
    const served = segments.get(c.req.param("key") ?? "");
    if (!served) throw new FeedRefusal("not-found");
    const { definition: segment, headers } = served;
    return send(c, represent({ environment, revision, segment }, { scope: scopeName, revision, headers }));
  });
}

function formatOf(asked: string | undefined): BundleFormat {
  const format = asked === undefined ? "tree" : bundleFormats.find((each) => each === asked);
  if (format === undefined) throw new FeedRefusal("unknown-format");
  return format;
}

export function send(c: Context<FeedEnvironment>, representation: Representation): Response {
  const answer = answerOf(representation, {
    ifNoneMatch: c.req.header("if-none-match"),
    acceptEncoding: c.req.header("accept-encoding"),
  });
  const headers = new Headers();
  for (let at = 0; at + 1 < answer.headers.length; at += 2) {
    headers.set(answer.headers[at] ?? "", answer.headers[at + 1] ?? "");
  }
  return new Response(answer.body ? new Uint8Array(answer.body) : null, { status: answer.status, headers });
}
