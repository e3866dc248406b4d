import { route } from "@/lib/http/route";
import { previewDocumentOperation } from "@/lib/previews/operations";
import { previewDocument } from "@/lib/previews/server/preview-document";

export const POST = route(previewDocumentOperation, (ctx, { body, request }) =>
  previewDocument(ctx, body, request.signal),
);
