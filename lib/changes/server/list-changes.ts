import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { Change, ChangeQuery, changeListSchema } from "../contract";
import { changeItem, loadEverybody } from "./change-item";
import { changeParts, proposedOnes, requireChange, toChangeRow } from "./change-row";

/** Open ones first, then the newest; `total` counts all that match. */
export async function listChanges(ctx: Context, query: ChangeQuery): Promise<z.input<typeof changeListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const state = query.waiting === "me" ? "open" : query.state;
  const where = { ...proposedOnes, ...(state && { state }), ...(query.kind && { kind: query.kind }) };
  const newest = { include: changeParts, orderBy: { number: "desc" }, take: query.limit } as const;
  const open = await ctx.db.change.findMany({ where: { AND: [where, { state: "open" }] }, ...newest });
  const settled = await ctx.db.change.findMany({ where: { AND: [where, { state: { not: "open" } }] }, ...newest });
  const rows = [...open, ...settled].slice(0, query.limit);
  const people = await loadEverybody(ctx);
  const items: Change[] = [];
  for (const row of rows) items.push(await changeItem(ctx, toChangeRow(row), people));
  if (query.waiting === "all") return { items, total: await ctx.db.change.count({ where }) };
  const mine = items.filter(({ possible }) => possible.reject.allowed);
  return { items: mine, total: mine.length };
}

export async function getChange(ctx: Context, id: string): Promise<{ change: Change }> {
  requirePermission(ctx.actor, "segment.read");
  return { change: await changeItem(ctx, await requireChange(ctx.db, id), await loadEverybody(ctx)) };
}
