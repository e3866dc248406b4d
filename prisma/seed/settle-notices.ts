import type { Database } from "../../lib/server/database";

const unreadDays = 3;

/** The demo's people have read what they were told but for the last days, and their invented addresses get no mail. */
export async function settleNotices(db: Database, now: Date): Promise<void> {
  const until = new Date(now.getTime() - unreadDays * 86_400_000);
  await db.notice.updateMany({ where: { createdAt: { lt: until } }, data: { readAt: until } });
  await db.person.updateMany({ data: { mailNotices: false } });
}
