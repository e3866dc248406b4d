import { z } from "@hono/zod-openapi";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { headSchema } from "../../head-wire";
import {
  type BundleFormat,
  bundleFormats,
  bundleSchema,
  celBundleSchema,
  feedSegmentAnswerSchema,
  feedSegmentListSchema,
  flagdBundleSchema,
} from "../../wire";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import { longestWaitSeconds, newerHead } from "../views/newer-head";
import { represent } from "../views/representation";
import { revisionBundle } from "../views/revision-bundle";
import { call, consume, type FeedHono, requireKey, send } from "./call";

/** What was released: head, bundle and segments, from memory; bundles of before from the releases. */
export function addDefinitions(app: FeedHono, feed: Feed): void {
  for (const path of ["/head", "/bundle", "/segments", "/segments/:key", "/revisions/:revision/bundle"])
    app.use(`/v1/:environment${path}`, requireKey(feed, "definitions"));

  app.openapi(
    call("/head", "Revision and digests, signed: what to compare with before pulling more", headSchema, {
      query: {
        after: "A revision: the head is waited for until it is beyond",
        wait: `So many seconds at most, up to ${longestWaitSeconds}; without it none`,
      },
    }),
    async (c) => {
      const { after, wait } = c.req.query();
      return send(c, (await newerHead(feed, c.var.key, c.var.view, { after, wait, gone: c.req.raw.signal })).head);
    },
  );
  app.openapi(
    call("/bundle", "Every released segment of the key's scope, with its guarded rule", anyBundle, { query: inFormat }),
    (c) => send(c, c.var.view.bundles[formatOf(c.req.query("format"))]),
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
  const pages = new RateLimiterMemory({ points: feed.pagesPerSecond, duration: 1 });
  app.openapi(
    call("/revisions/{revision}/bundle", "The bundle as of a revision", anyBundle, { query: inFormat }),
    async (c) => {
      await consume(pages, c.var.key);
      const asked = { revision: c.req.param("revision") ?? "", format: formatOf(c.req.query("format")) };
      return send(c, await revisionBundle(feed, c.var.view, asked));
    },
  );
}

const anyBundle = z.union([bundleSchema, flagdBundleSchema, celBundleSchema]);
const inFormat = { format: `How the rules are said: ${bundleFormats.join(", ")}; without it ${bundleFormats[0]}` };

function formatOf(asked: string | undefined): BundleFormat {
  const format = asked === undefined ? "tree" : bundleFormats.find((each) => each === asked);
  if (format === undefined) throw new FeedRefusal("unknown-format");
  return format;
}
