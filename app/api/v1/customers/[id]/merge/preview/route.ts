import { previewMergeOperation } from "@/lib/customers/identity-operations";
import { previewMerge } from "@/lib/customers/server/preview-merge";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const POST = route(previewMergeOperation, (ctx, { params, body }) =>
  previewMerge(ctx, { ...body, from: params.id ?? "" }, getEngine()),
);
