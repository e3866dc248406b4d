import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import type { Context } from "../../server/context";
import type { Preview } from "../contract";
import { roundPreview } from "../round-preview";
import { countDocument } from "./count-document";

export type PreviewDocumentInput = {
  readonly document: unknown;
  readonly environment: string;
  readonly asOf?: string | undefined;
};

/** What the editor shows beside the rule, in the numbers that the actor may know. */
export async function previewDocument(
  ctx: Context,
  { document, environment, asOf }: PreviewDocumentInput,
  signal?: AbortSignal,
): Promise<Preview> {
  requirePermission(ctx.actor, "preview.run");
  const preview = await countDocument(ctx.db, {
    ...{ document, environment, asOf: asOf === undefined ? ctx.now : new Date(asOf) },
    ...(signal ? { signal } : {}),
  });
  return roundPreview(preview, customerRounding(ctx.actor));
}
