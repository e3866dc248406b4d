import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { settings } from "../../server/settings";
import type { noticeListSchema, noticePreferencesSchema, noticeQuerySchema, readNoticesSchema } from "../contract";

/** The actor's own notices, newest first. */
export async function listNotices(
  ctx: Context,
  { unread, before, limit }: z.output<typeof noticeQuerySchema>,
): Promise<z.input<typeof noticeListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const own = { personId: ctx.actor.id };
  const [rows, count, person] = await Promise.all([
    ctx.db.notice.findMany({
      where: { ...own, ...(unread ? { readAt: null } : {}), ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: "desc" },
      take: limit + 1,
    }),
    ctx.db.notice.count({ where: { ...own, readAt: null } }),
    ctx.db.person.findUnique({ where: { id: ctx.actor.id }, select: { mailNotices: true } }),
  ]);
  const items = rows.slice(0, limit);
  return {
    items: items.map(({ id, kind, title, body, href, createdAt, readAt }) => ({
      ...{ id, kind, title, body, href },
      createdAt: createdAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
    unread: count,
    mail: { wanted: person?.mailNotices ?? false, available: settings().mail !== undefined },
    next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
  };
}

/** The actor's own only: ids of others' notices change nothing. Answers how many are left unread. */
export async function readNotices(
  ctx: Context,
  input: z.output<typeof readNoticesSchema>,
): Promise<{ unread: number }> {
  requirePermission(ctx.actor, "segment.read");
  const unread = { personId: ctx.actor.id, readAt: null };
  const chosen = "ids" in input ? { id: { in: input.ids } } : {};
  await ctx.db.notice.updateMany({ where: { ...unread, ...chosen }, data: { readAt: ctx.now } });
  return { unread: await ctx.db.notice.count({ where: unread }) };
}

/** Whether the actor's notices are mailed, from the next one on. */
export async function setNoticePreferences(
  ctx: Context,
  { mail }: z.output<typeof noticePreferencesSchema>,
): Promise<{ mail: boolean }> {
  requirePermission(ctx.actor, "segment.read");
  const changed = await ctx.db.person.updateMany({ where: { id: ctx.actor.id }, data: { mailNotices: mail } });
  if (changed.count === 0) throw new DomainError("conflict", "Only people have an inbox.", { reason: "no-person" });
  return { mail };
}
