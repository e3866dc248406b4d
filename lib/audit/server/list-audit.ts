import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { AuditEntry, Prisma } from "../../server/prisma/client";
import type { AuditEntryItem, AuditQuery, auditListSchema } from "../contract";
import { customerSubject } from "./customer-subject";
import { stored } from "./verify-audit";

/** Newest first; `total` is how many match the filters, whatever the page. */
export async function listAudit(ctx: Context, query: AuditQuery): Promise<z.input<typeof auditListSchema>> {
  requirePermission(ctx.actor, "audit.read");
  const where = await auditConditions(ctx, query);
  const [rows, total] = await Promise.all([
    ctx.db.auditEntry.findMany({
      where: { ...where, sequence: sequenceBetween(query) },
      orderBy: { sequence: "desc" },
      take: query.limit,
    }),
    ctx.db.auditEntry.count({ where }),
  ]);
  return { items: rows.map(toAuditItem), total };
}

export function toAuditItem(row: AuditEntry): AuditEntryItem {
  const { sequence, at, via, action, before, after, previousHash, hash } = stored(row);
  return {
    ...{ sequence, at, via, action, before, after, previousHash, hash },
    actor: { id: row.actorId, name: row.actorName },
    subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName },
  };
}

export function sequenceBetween({ before, after }: Pick<AuditQuery, "before" | "after">): Prisma.BigIntFilter {
  return { ...(before === undefined ? {} : { lt: before }), ...(after === undefined ? {} : { gt: after }) };
}

/** Who, what and on what; a customer also by the plain id. */
export async function auditConditions(
  ctx: Context,
  query: Pick<AuditQuery, "actor" | "action" | "subject">,
): Promise<Prisma.AuditEntryWhereInput> {
  const where: Prisma.AuditEntryWhereInput = {};
  if (query.actor) where.OR = [{ actorId: query.actor }, { actorName: { contains: query.actor, mode: "insensitive" } }];
  if (query.action) where.action = query.action.endsWith(".") ? { startsWith: query.action } : query.action;
  if (query.subject) {
    const colon = query.subject.indexOf(":");
    where.subjectType = colon < 0 ? query.subject : query.subject.slice(0, colon);
    const id = colon < 0 ? "" : query.subject.slice(colon + 1);
    if (id !== "")
      where.subjectId = where.subjectType === "customer" ? { in: [id, await customerSubject(ctx.db, id)] } : id;
  }
  return where;
}
