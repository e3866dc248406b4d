import { createReadStream, existsSync } from "node:fs";
import { Readable } from "node:stream";
import { requirePermission } from "../../access/permissions";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Import } from "../contract";
import { type ImportRow, importItem, importRow, maySeeRejects, rejectsFile } from "./import-item";
import { importQueue } from "./import-queue";
import { recoverImports } from "./recover-imports";

const listedAtMost = 100;

export async function listImports(ctx: Context): Promise<{ items: Import[]; total: number }> {
  requirePermission(ctx.actor, "customer.import");
  await recoverImports(ctx.db);
  const [rows, total] = await Promise.all([
    ctx.db.import.findMany({ orderBy: { createdAt: "desc" }, take: listedAtMost, ...importRow }),
    ctx.db.import.count(),
  ]);
  return { items: await Promise.all(rows.map((row) => importItem(ctx, row))), total };
}

export async function getImport(ctx: Context, id: string): Promise<{ import: Import }> {
  return { import: await importItem(ctx, await requireImport(ctx, id)) };
}

/** Answers when the import has stopped: cancelled, or finished before that could be. */
export async function cancelImport(ctx: Context, id: string): Promise<{ import: Import }> {
  const row = await requireImport(ctx, id);
  if (row.state !== "running") {
    throw new DomainError("conflict", "The import has ended already.", { reason: "import-ended" });
  }
  importQueue().find(id)?.cancel();
  await importQueue().ended(id);
  return getImport(ctx, id);
}

/** All rejects as CSV; not found for who may not see the values they quote. */
export async function importRejects(ctx: Context, id: string): Promise<Response> {
  const row = await requireImport(ctx, id);
  if (!maySeeRejects(ctx, row) || !existsSync(rejectsFile(id))) throw notFound("list of rejects of import", id);
  const stream = Readable.toWeb(createReadStream(rejectsFile(id))) as ReadableStream<Uint8Array>;
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="rejects-${id}.csv"`,
      "cache-control": "no-store",
    },
  });
}

async function requireImport(ctx: Context, id: string): Promise<ImportRow> {
  requirePermission(ctx.actor, "customer.import");
  await recoverImports(ctx.db);
  const row = await ctx.db.import.findUnique({ where: { id }, ...importRow });
  if (!row) throw notFound("import", id);
  return row;
}
