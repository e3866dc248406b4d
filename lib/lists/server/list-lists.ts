import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { listListSchema } from "../contract";
import { listOverviews } from "./list-overview";

export async function listLists(ctx: Context): Promise<z.output<typeof listListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const items = await listOverviews(ctx);
  return { items, total: items.length };
}
