import { createKey } from "../../lib/feed/server/consumers/consumer-keys";
import { createConsumer } from "../../lib/feed/server/consumers/consumers";
import type { Context } from "../../lib/server/context";
import { demoConsumers } from "./consumers";

/** The keys' secrets are thrown away: whoever wants to pull makes a key of their own. */
export async function createConsumers(ctx: Context): Promise<void> {
  for (const { keys, format = "tree", ...given } of demoConsumers) {
    const { consumer } = await createConsumer(ctx, { ...given, format });
    for (const key of keys) await createKey(ctx, consumer.id, key);
  }
}
