import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import { storedJson } from "../../server/stored-json";
import type { createAttributeSchema, createdAttributeSchema } from "../contract";
import type { ProfileStore } from "../profile-store";

/** Adds an attribute to the catalogue and its column to the store: customers lack it until data arrives. */
export async function createAttribute(
  ctx: Context,
  attribute: z.output<typeof createAttributeSchema>,
  store: Pick<ProfileStore, "addAttributes">,
): Promise<z.output<typeof createdAttributeSchema>> {
  requirePermission(ctx.actor, "catalogue.write");
  const taken = await ctx.db.attribute.findUnique({ where: { key: attribute.key }, select: { key: true } });
  if (taken) throw alreadyThere("attribute", attribute.key);
  // Before the transaction: the store may be busy with an import, and no connection should wait for that.
  await store.addAttributes([attribute]);
  try {
    await ctx.db.$transaction(async (tx) => {
      const { computation, ...plain } = attribute;
      const data = { ...plain, ...(computation && { computation: storedJson(computation) }), createdAt: ctx.now };
      await tx.attribute.create({ data });
      await recordAudit(tx, ctx, {
        action: "attribute.created",
        subject: { type: "attribute", id: attribute.key, name: attribute.name },
        after: attribute,
      });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("attribute", attribute.key) : error;
  }
  return { attribute };
}

export function alreadyThere(what: string, key: string): DomainError {
  return new DomainError("conflict", `There is ${/^[aeiou]/.test(what) ? "an" : "a"} ${what} "${key}" already.`, {
    reason: "key-taken",
  });
}
