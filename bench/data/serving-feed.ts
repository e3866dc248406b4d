import { Hono } from "hono";
import { openDuckDbEngine } from "../../lib/engine/server/duckdb-engine";
import { callNameOf } from "../../lib/feed/call-name";
import { createFeedApp } from "../../lib/feed/http";
import { createDatabase } from "../../lib/server/database";
import { createFront } from "../../lib/server/front";
import { listen, portOf } from "../../lib/server/listen";
import { createMetrics } from "../../lib/server/metrics";
import { environment } from "./feed-world";

/** The feed behind the same front as in the product; asked for it, it reads members from the engine alone. */
const [, , databaseUrl = "", engineFile = ""] = process.argv;
const db = createDatabase(databaseUrl);
const engine = await openDuckDbEngine(engineFile);
const metrics = createMetrics();
const feed = await createFeedApp({
  ...{ db, databaseUrl, engine: () => engine, secret: "s".repeat(32) },
  ...{ pagesPerSecond: 1_000_000, requestsPerSecond: 1_000_000 },
});
const planes = {
  feed: { app: new Hono().route("/feed", feed.app), serve: feed.serve, callNameOf },
  pages: async () => undefined,
};
const front = createFront({
  planes: Promise.resolve(planes),
  health: async () => ({ status: "ready", missing: {} }),
  metrics,
});
const server = await listen(front, 0, "127.0.0.1");

process.on("message", async ({ segment, revision, pages }: { segment: string; revision: number; pages: number }) => {
  const begun = performance.now();
  let after: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const of = { environment, segment, revision, limit: 10_000, ...(after !== undefined && { after }) };
    after = undefined;
    for await (const ids of engine.membersAt(of)) after = ids.at(-1);
  }
  process.send?.({ milliseconds: performance.now() - begun });
});
process.send?.({ port: portOf(server) });
process.once("disconnect", () => process.exit());
