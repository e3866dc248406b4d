import { RateLimiterMemory } from "rate-limiter-flexible";
import { feedCustomerSchema } from "../../wire";
import type { Feed } from "../feed";
import { lookUpForConsumer } from "../members/look-up";
import { call, consume, type FeedHono, freshHeaders, requireKey } from "./call";

/** One customer's segments and treatments, for who asks about one at a time. */
export function addCustomers(app: FeedHono, feed: Feed): void {
  app.use("/v1/:environment/customers/*", requireKey(feed, "customers"));
  const limit = new RateLimiterMemory({ points: feed.customersPerSecond, duration: 1 });
  app.openapi(
    call("/customers/{id}", "One customer's segments and treatments, now", feedCustomerSchema, {
      query: { namespace: "Where the customer is named so; without it by their id" },
    }),
    async (c) => {
      await consume(limit, c.var.key);
      const named = { value: c.req.param("id") ?? "", namespace: c.req.query("namespace") };
      return c.json(await lookUpForConsumer(feed, c.var.key, c.var.view, named), 200, freshHeaders());
    },
  );
}
