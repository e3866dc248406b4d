import { route } from "@/lib/http/route";
import { getListOperation } from "@/lib/lists/operations";
import { getList } from "@/lib/lists/server/get-list";

export const GET = route(getListOperation, (ctx, { params, query }) =>
  getList(ctx, { ...query, key: params.key ?? "" }),
);
