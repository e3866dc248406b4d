import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { eventTypeListSchema } from "../contract";
import { loadComputed } from "./load-computed";
import { loadEventTypes } from "./load-event-types";

export async function listEventTypes(ctx: Context): Promise<z.output<typeof eventTypeListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const [types, computed] = await Promise.all([loadEventTypes(ctx.db), loadComputed(ctx.db)]);
  const items = [...types.values()].map((type) => ({
    ...type,
    attributes: computed.filter(({ event }) => event.key === type.key).map(({ attribute }) => attribute.key),
  }));
  return { items, total: items.length };
}
