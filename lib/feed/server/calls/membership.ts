import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { feedChangesSchema, feedMembersSchema } from "../../wire";
import type { Feed } from "../feed";
import { listChanges } from "../members/changes";
import { listMembers } from "../members/members";
import { call, consume, type FeedEnvironment, type FeedHono, freshHeaders, requireKey } from "./call";

/** Who is in a segment, and who entered and left: read from the membership log. */
export function addMembership(app: FeedHono, feed: Feed): void {
  app.use("/v1/:environment/segments/:key/members", requireKey(feed, "members"));
  app.use("/v1/:environment/changes", requireKey(feed, "members"));
  const pages = new RateLimiterMemory({ points: feed.pagesPerSecond, duration: 1 });
  const membersCall = call(
    "/segments/{key}/members",
    "A segment's members at one revision, by pages",
    feedMembersSchema,
    { query: { revision: "Which one, the newest without it", cursor: "The next page, as the answer before named it" } },
  );
  app.openapi(membersCall, async (c) => {
    await consume(pages, c.var.key);
    const { revision, cursor } = c.req.query();
    const asked = { segment: c.req.param("key") ?? "", revision, cursor };
    const { key, view } = c.var;
    const page = await feed.memberPages.through({ ...asked, scopeName: view.scopeName }, () =>
      listMembers(feed, key, view, asked),
    );
    return answerInLines(c, page);
  });
  app.openapi(
    call("/changes", "What was released, and who entered and left, since a revision", feedChangesSchema, {
      query: { after: "A revision, or the `next` of the answer before" },
    }),
    async (c) => {
      await consume(pages, c.var.key);
      const answer = await listChanges(feed, c.var.key, c.var.view, c.req.query("after"));
      if (answer.complete) feed.pulls.note(c.var.key.id, answer.revision);
      return c.json(answer, 200, freshHeaders());
    },
  );
}

const jsonLines = "application/x-ndjson";

/** As JSON, or a line for each id where that is accepted; there the next page's address is in the `Link`. */
function answerInLines(c: Context<FeedEnvironment>, answer: z.input<typeof feedMembersSchema>) {
  const headers = freshHeaders();
  if (!c.req.header("accept")?.includes(jsonLines)) return c.json(answer, 200, headers);
  const { members, next, revision } = answer;
  const link: Record<string, string> = next === null ? {} : { link: `<?cursor=${next}>; rel="next"` };
  const lines = members.map((id) => `${JSON.stringify({ id })}\n`).join("");
  const about = { "content-type": jsonLines, "steward-revision": String(revision) };
  return new Response(lines, { headers: { ...headers, ...link, ...about } });
}
