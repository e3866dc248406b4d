import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { createdRegionSchema, createRegionSchema } from "../contract";
import { alreadyThere } from "./create-attribute";

export async function createRegion(
  ctx: Context,
  region: z.output<typeof createRegionSchema>,
): Promise<z.output<typeof createdRegionSchema>> {
  requirePermission(ctx.actor, "guard.write");
  try {
    await ctx.db.$transaction(async (tx) => {
      await tx.region.create({ data: { ...region, createdAt: ctx.now } });
      await recordAudit(tx, ctx, {
        action: "region.created",
        subject: { type: "region", id: region.key, name: region.name },
        after: region,
      });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("region", region.key) : error;
  }
  return { region };
}
