import { route } from "@/lib/http/route";
import { exportListOperation } from "@/lib/lists/operations";
import { exportList } from "@/lib/lists/server/export-list";

export const GET = route(exportListOperation, (ctx, { params, query }) =>
  exportList(ctx, { ...query, key: params.key ?? "" }),
);
