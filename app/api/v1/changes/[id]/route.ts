import { getChangeOperation } from "@/lib/changes/operations";
import { getChange } from "@/lib/changes/server/list-changes";
import { route } from "@/lib/http/route";

export const GET = route(getChangeOperation, (ctx, { params }) => getChange(ctx, params.id ?? ""));
