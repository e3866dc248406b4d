import { route } from "@/lib/http/route";
import { readNoticesOperation } from "@/lib/notices/operations";
import { readNotices } from "@/lib/notices/server/inbox";

export const POST = route(readNoticesOperation, (ctx, { body }) => readNotices(ctx, body));
