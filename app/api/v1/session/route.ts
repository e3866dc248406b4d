import { readOwnSessionOperation } from "@/lib/access/operations";
import { describeSession } from "@/lib/access/server/describe-session";
import { route } from "@/lib/http/route";

export const GET = route(readOwnSessionOperation, (ctx, { request }) =>
  describeSession(ctx, request.headers.get("cookie")),
);
