import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { createdPurposeSchema, createPurposeSchema } from "../contract";
import { alreadyThere } from "./create-attribute";

export async function createPurpose(
  ctx: Context,
  purpose: z.output<typeof createPurposeSchema>,
): Promise<z.output<typeof createdPurposeSchema>> {
  requirePermission(ctx.actor, "guard.write");
  try {
    await ctx.db.$transaction(async (tx) => {
      await tx.purpose.create({ data: { ...purpose, createdAt: ctx.now } });
      await recordAudit(tx, ctx, {
        action: "purpose.created",
        subject: { type: "purpose", id: purpose.key, name: purpose.name },
        after: purpose,
      });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("purpose", purpose.key) : error;
  }
  return { purpose };
}
