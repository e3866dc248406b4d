import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding, downToCell } from "../../catalogue/small-cells";
import type { Context } from "../../server/context";
import { writeCsv } from "../write-csv";
import { requireContent } from "./get-list";
import { requireListItem } from "./list-row";

export type ExportListInput = { readonly key: string; readonly version?: number | undefined };

/** A version as a file, the newest unless said; that it left is recorded before it does. */
export async function exportList(ctx: Context, { key, version }: ExportListInput): Promise<Response> {
  requirePermission(ctx.actor, "customer.read");
  const list = await requireListItem(ctx.db, customerRounding(ctx.actor), key);
  const number = version ?? list.version;
  const content = await requireContent(ctx.db, key, number);
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, ctx, {
      action: "list.exported",
      subject: { type: "list", id: key, name: list.name },
      after: { version: number, size: downToCell(content.length) },
    }),
  );
  return new Response(writeCsv(content), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${key}-v${number}.csv"`,
      "cache-control": "no-store",
    },
  });
}
