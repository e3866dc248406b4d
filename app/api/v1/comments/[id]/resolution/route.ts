import { route } from "@/lib/http/route";
import { resolveCommentOperation } from "@/lib/versions/operations";
import { resolveComment } from "@/lib/versions/server/comments";

export const POST = route(resolveCommentOperation, (ctx, { params, body }) =>
  resolveComment(ctx, { ...body, id: params.id ?? "" }),
);
