import { route } from "@/lib/http/route";
import { addCommentOperation, listCommentsOperation } from "@/lib/versions/operations";
import { addComment, listComments } from "@/lib/versions/server/comments";

export const GET = route(listCommentsOperation, (ctx, { params }) => listComments(ctx, { id: params.id ?? "" }));
export const POST = route(addCommentOperation, (ctx, { params, body }) =>
  addComment(ctx, { ...body, id: params.id ?? "" }),
);
