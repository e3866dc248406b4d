import { createRoute, z } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { log } from "../../../server/log";
import { type Receipt, receiptAnswerSchema, receiptBytes, receiptSchema } from "../../receipt";
import { recordReceipt } from "../consumers/receipts";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import { consume, type FeedHono, freshHeaders, refusals, requireKey } from "./call";

const receiptsPerSecond = 200;

/** What readers say of what they were served. */
export function addReceipts(app: FeedHono, feed: Feed): void {
  const limit = new RateLimiterMemory({ points: receiptsPerSecond, duration: 1 });
  const tooLarge = () => {
    throw new FeedRefusal("body-too-large");
  };
  app.use("/v1/:environment/receipts", requireKey(feed, "receipts"));
  app.use("/v1/:environment/receipts", bodyLimit({ maxSize: receiptBytes, onError: tooLarge }));
  app.openAPIRegistry.registerPath(receiptCall);
  app.post("/v1/:environment/receipts", async (c) => {
    await consume(limit, c.var.key);
    const receipt = read(await c.req.text());
    const now = new Date(feed.now());
    const { key, view } = c.var;
    const answer = await recordReceipt(feed.db, { key, view, receipt, now }).catch(notWritten);
    return c.json(answer, 202, freshHeaders());
  });
}

const receiptCall = createRoute({
  method: "post",
  path: "/v1/{environment}/receipts",
  summary: "What a reader serves by now, or does not take",
  security: [{ key: [] }],
  request: {
    params: z.object({ environment: z.string() }),
    body: { required: true, content: { "application/json": { schema: receiptSchema } } },
  },
  responses: {
    202: {
      description: "How many releases it is behind",
      content: { "application/json": { schema: receiptAnswerSchema } },
    },
    ...refusals,
  },
});

/** A reader serves what it activated, whether that can be written down or not. */
function notWritten(error: unknown): never {
  if (error instanceof FeedRefusal) throw error;
  log.warn({ err: error }, "a receipt could not be written down");
  throw new FeedRefusal("unavailable", 5);
}

function read(text: string): Receipt {
  const { success, data, error } = receiptSchema.safeParse(parse(text));
  if (success) return data;
  const [issue] = error.issues;
  const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new FeedRefusal("bad-receipt", undefined, undefined, `${where}${issue?.message ?? "not a receipt"}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedRefusal("bad-receipt", undefined, undefined, "The body is not JSON.");
  }
}
