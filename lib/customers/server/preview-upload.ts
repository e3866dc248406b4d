import { rm } from "node:fs/promises";
import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import type { Context } from "../../server/context";
import type { importPreviewSchema } from "../contract";
import { importsFolder } from "./import-item";
import { previewFile } from "./preview-import";
import { receiveUpload } from "./receive-upload";

/** What is in a file and what its columns look like; nothing of it stays. */
export async function previewUpload(ctx: Context, request: Request): Promise<z.input<typeof importPreviewSchema>> {
  requirePermission(ctx.actor, "customer.import");
  const { file, fileName, folder } = await receiveUpload(request, { root: importsFolder() });
  try {
    return await previewFile({ file, fileName, catalogue: await loadCatalogue(ctx.db) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
