import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { freezeListSchema } from "../freeze-contract";
import { freezeParts, toFreeze } from "./freeze-row";

const most = 50;

/** The latest to end first: those that last or are still to come, then those that are over. */
export async function listFreezes(ctx: Context, environmentKey: string): Promise<z.output<typeof freezeListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const known = await ctx.db.environment.count({ where: { key: environmentKey } });
  if (known === 0) throw notFound("environment", environmentKey);
  const freezes = await ctx.db.freezeWindow.findMany({
    where: { environmentKey },
    orderBy: { until: "desc" },
    take: most,
    include: freezeParts,
  });
  return { items: freezes.map(toFreeze) };
}
