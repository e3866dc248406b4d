import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import type { Context } from "../../server/context";
import type { listEntriesQuerySchema, listEntriesSchema } from "../contract";
import { requireContent } from "./get-list";
import { requireListItem } from "./list-row";

export type ListEntriesInput = z.output<typeof listEntriesQuerySchema> & { readonly key: string };

/** A page of who is on a version. Ids are personal: for people who may look customers up. */
export async function listEntries(
  ctx: Context,
  { key, version, query, page, pageSize }: ListEntriesInput,
): Promise<z.output<typeof listEntriesSchema>> {
  requirePermission(ctx.actor, "customer.read");
  const list = await requireListItem(ctx.db, customerRounding(ctx.actor), key);
  const number = version ?? list.version;
  const content = await requireContent(ctx.db, key, number);
  const wanted = query.trim();
  const found = wanted === "" ? content : content.filter(({ customerId }) => customerId.startsWith(wanted));
  return {
    version: number,
    items: found.slice((page - 1) * pageSize, page * pageSize).map(({ customerId, expiresAt }) => ({
      customerId,
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    })),
    total: found.length,
  };
}
