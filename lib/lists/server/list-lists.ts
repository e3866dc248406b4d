import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import type { Context } from "../../server/context";
import type { listListSchema } from "../contract";
import { listItems } from "./list-row";

export async function listLists(ctx: Context): Promise<z.output<typeof listListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const items = await listItems(ctx.db, customerRounding(ctx.actor));
  return { items, total: items.length };
}
