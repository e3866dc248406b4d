import { accessDocumentOperation } from "@/lib/customers/request-operations";
import { writeAccessDocument } from "@/lib/customers/server/write-access-document";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(accessDocumentOperation, (ctx, { params }) =>
  writeAccessDocument(ctx, params.id ?? "", getEngine()),
);
