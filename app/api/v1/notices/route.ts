import { route } from "@/lib/http/route";
import { listNoticesOperation } from "@/lib/notices/operations";
import { listNotices } from "@/lib/notices/server/inbox";

export const GET = route(listNoticesOperation, (ctx, { query }) => listNotices(ctx, query));
