import { open } from "node:fs/promises";
import { join } from "node:path";
import { can } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { Prisma } from "../../server/prisma/client";
import { settings } from "../../server/settings";
import type { Import } from "../contract";
import { csvRecords } from "../import-csv";
import { importQueue } from "./import-queue";

const shownRejects = 20;
const headBytes = 256 * 1024;

export const importRow = { include: { createdBy: { select: { id: true, name: true } } } } as const;
export type ImportRow = Prisma.ImportGetPayload<typeof importRow>;

/** Uploads and rejects lie here, a folder for each import. */
export function importsFolder(): string {
  return join(settings().dataFolder, "imports");
}

export function rejectsFile(id: string): string {
  return join(importsFolder(), id, "rejects.csv");
}

/** Rejects quote values of customers: whoever chose the file has them already, others need the right to see them. */
export function maySeeRejects(ctx: Context, row: { createdById: string }): boolean {
  return row.createdById === ctx.actor.id || can(ctx.actor, "customer.unmask");
}

export async function importItem(ctx: Context, row: ImportRow): Promise<Import> {
  const { id, fileName, format, state, accepted, rejected, updated, error, createdBy } = row;
  const rejects = rejected > 0 && maySeeRejects(ctx, row) ? await firstRejects(id) : [];
  return {
    ...{ id, fileName, format, state, accepted, rejected, updated, error, createdBy, rejects },
    target: row.target === "events" ? "events" : "customers",
    bytes: Number(row.bytes),
    rows: importQueue().find(id)?.rows ?? row.rows,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

async function firstRejects(id: string): Promise<Import["rejects"]> {
  const file = await open(rejectsFile(id)).catch(() => null);
  if (!file) return [];
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const records = csvRecords(buffer.toString("utf8", 0, bytesRead), ",", bytesRead < headBytes, shownRejects + 1);
    return records.slice(1).map((record) => ({
      line: Number(record[0]),
      code: record[4] ?? "",
      message: record[5] ?? "",
    }));
  } finally {
    await file.close();
  }
}
