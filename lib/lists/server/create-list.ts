import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { alreadyThere } from "../../catalogue/server/create-attribute";
import { customerRounding } from "../../catalogue/small-cells";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { createdListSchema, createListSchema } from "../contract";
import { requireListItem } from "./list-row";

/** Adds a list without a version: whoever refers to it refers to nobody until customers are uploaded. */
export async function createList(
  ctx: Context,
  list: z.output<typeof createListSchema>,
): Promise<z.output<typeof createdListSchema>> {
  requirePermission(ctx.actor, "segment.write");
  try {
    return await ctx.db.$transaction(async (tx) => {
      await tx.managedList.create({ data: { ...list, createdAt: ctx.now } });
      const created = await requireListItem(tx, customerRounding(ctx.actor), list.key);
      await recordAudit(tx, ctx, {
        action: "list.created",
        subject: { type: "list", id: list.key, name: list.name },
        after: list,
      });
      return { list: created };
    });
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("list", list.key) : error;
  }
}
