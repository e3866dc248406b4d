import { route } from "@/lib/http/route";
import { uploadListOperation } from "@/lib/lists/operations";
import { uploadList } from "@/lib/lists/server/upload-list";

export const POST = route(uploadListOperation, (ctx, { params, query, body }) =>
  uploadList(ctx, { ...query, ...body, key: params.key ?? "" }),
);
