import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { Prisma } from "../../server/prisma/client";
import type { AuditQuery, auditListSchema } from "../contract";
import { customerSubject } from "./customer-subject";
import { stored } from "./verify-audit";

/** Newest first; `total` is how many match the filters, whatever the page. */
export async function listAudit(ctx: Context, query: AuditQuery): Promise<z.input<typeof auditListSchema>> {
  requirePermission(ctx.actor, "audit.read");
  const where = await conditions(ctx, query);
  const [rows, total] = await Promise.all([
    ctx.db.auditEntry.findMany({
      where: {
        ...where,
        sequence: {
          ...(query.before === undefined ? {} : { lt: query.before }),
          ...(query.after === undefined ? {} : { gt: query.after }),
        },
      },
      orderBy: { sequence: "desc" },
      take: query.limit,
    }),
    ctx.db.auditEntry.count({ where }),
  ]);
  return {
    items: rows.map((row) => {
      const { sequence, at, via, action, before, after, previousHash, hash } = stored(row);
      return {
        sequence,
        at,
        via,
        action,
        before,
        after,
        previousHash,
        hash,
        actor: { id: row.actorId, name: row.actorName },
        subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName },
      };
    }),
    total,
  };
}

async function conditions(ctx: Context, query: AuditQuery): Promise<Prisma.AuditEntryWhereInput> {
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
