import type { AuditContext } from "../../audit/server/record";
import { wake } from "../../jobs/wake";
import type { Transaction } from "../../server/database";
import type { NoticeKind } from "../events";

export type NewNotice = {
  /** Ids of people. Whoever acts is left out, as is who is disabled. */
  readonly to: readonly string[];
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body?: string;
  /** A path of the console, as "/reviews/…". */
  readonly href: string;
};

/**
 * Puts a notice into each one's inbox and has mail sent, in the transaction of what it tells. Both are read outside
 * the console: never a customer's data in title or body.
 */
export async function notify(tx: Transaction, ctx: AuditContext, notice: NewNotice): Promise<void> {
  const { kind, title, body = "", href } = notice;
  const ids = notice.to.filter((id) => id !== ctx.actor.id);
  if (ids.length === 0) return;
  const people = await tx.person.findMany({
    where: { id: { in: ids }, disabledAt: null },
    select: { id: true },
  });
  if (people.length === 0) return;
  const shared = { kind, title, body, href, createdAt: ctx.now, mailAt: ctx.now };
  await tx.notice.createMany({ data: people.map(({ id }) => ({ ...shared, personId: id })) });
  await wake(tx, "notice-mail");
}
