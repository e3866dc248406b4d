import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerHash } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import { alreadyThere } from "../../catalogue/server/create-attribute";
import type { Context } from "../../server/context";
import { type Database, isUniqueViolation } from "../../server/database";
import type { createdNamespaceSchema, createNamespaceSchema, namespaceListSchema } from "../identity-contract";
import { keptValue } from "../identity-value";

/** How the values of each namespace are kept; null for a value that cannot be. */
export async function loadNamespaces(db: Database): Promise<ReadonlyMap<string, (value: string) => string | null>> {
  const [rows, hash] = await Promise.all([db.identityNamespace.findMany(), customerHash(db)]);
  return new Map(rows.map((row) => [row.key, (value: string) => keptValue(row, value, hash)]));
}

export async function listNamespaces(ctx: Context): Promise<z.input<typeof namespaceListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const rows = await ctx.db.identityNamespace.findMany({ orderBy: { key: "asc" } });
  const items = rows.map(({ key, name, description, hashed }) => ({ key, name, description, hashed }));
  return { items, total: items.length };
}

/** Whether values are hashed is said once: what is kept of them could not be turned into the other. */
export async function createNamespace(
  ctx: Context,
  namespace: z.output<typeof createNamespaceSchema>,
): Promise<z.input<typeof createdNamespaceSchema>> {
  requirePermission(ctx.actor, "guard.write");
  try {
    await ctx.db.$transaction(async (tx) => {
      await tx.identityNamespace.create({ data: { ...namespace, createdAt: ctx.now } });
      const subject = { type: "identity-namespace", id: namespace.key, name: namespace.name };
      await recordAudit(tx, ctx, { action: "identity-namespace.created", subject, after: namespace });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("namespace", namespace.key) : error;
  }
  return { namespace };
}
