import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { AuditExportQuery } from "../contract";
import { entryHead, entryLine } from "../entry-line";
import { auditConditions, sequenceBetween, toAuditItem } from "./list-audit";
import { recordAudit } from "./record";

const entriesPerRead = 1_000;

const contentTypes = { ndjson: "application/x-ndjson; charset=utf-8", csv: "text/csv; charset=utf-8" } as const;

/** What matches as a file, read while it is sent; that it leaves is recorded before it does. */
export async function exportAudit(ctx: Context, query: AuditExportQuery): Promise<Response> {
  requirePermission(ctx.actor, "audit.read");
  const { format } = query;
  const upTo = await ctx.db.auditHead.findUnique({ where: { id: 1 }, select: { sequence: true } });
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, ctx, { action: "audit.exported", subject: { type: "audit", id: "audit" }, after: query }),
  );
  const lines = readLines(ctx, query, upTo?.sequence ?? 0n);
  return new Response(streamOf(lines), {
    headers: {
      "content-type": contentTypes[format],
      "content-disposition": `attachment; filename="audit-${ctx.now.toISOString().slice(0, 10)}.${format}"`,
      "cache-control": "no-store",
    },
  });
}

/** Read as fast as it is taken, and no further once nobody takes it. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}

async function* readLines(ctx: Context, query: AuditExportQuery, upTo: bigint): AsyncGenerator<string> {
  const where = await auditConditions(ctx, query);
  const within = { sequence: { lte: upTo, ...sequenceBetween(query) } };
  let text = entryHead(query.format);
  for (let last: bigint | undefined; ; ) {
    const rows = await ctx.db.auditEntry.findMany({
      where: { AND: [where, within, last === undefined ? {} : { sequence: { gt: last } }] },
      orderBy: { sequence: "asc" },
      take: entriesPerRead,
    });
    yield rows.reduce((lines, row) => lines + entryLine(query.format, toAuditItem(row)), text);
    text = "";
    last = rows.at(-1)?.sequence;
    if (rows.length < entriesPerRead) return;
  }
}
