import { route } from "@/lib/http/route";
import { previewUploadOperation } from "@/lib/lists/operations";
import { previewUpload } from "@/lib/lists/server/preview-upload";

export const POST = route(previewUploadOperation, (ctx, { params, query, body }) =>
  previewUpload(ctx, { ...query, ...body, key: params.key ?? "" }),
);
