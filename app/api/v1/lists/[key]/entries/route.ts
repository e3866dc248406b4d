import { route } from "@/lib/http/route";
import { listEntriesOperation } from "@/lib/lists/operations";
import { listEntries } from "@/lib/lists/server/list-entries";

export const GET = route(listEntriesOperation, (ctx, { params, query }) =>
  listEntries(ctx, { ...query, key: params.key ?? "" }),
);
