import { previewImportOperation } from "@/lib/customers/operations";
import { previewUpload } from "@/lib/customers/server/preview-upload";
import { route } from "@/lib/http/route";

export const POST = route(previewImportOperation, (ctx, { request }) => previewUpload(ctx, request));
