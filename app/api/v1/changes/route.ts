import { listChangesOperation, proposeChangeOperation } from "@/lib/changes/operations";
import { listChanges } from "@/lib/changes/server/list-changes";
import { proposeChange } from "@/lib/changes/server/propose-change";
import { route } from "@/lib/http/route";

export const GET = route(listChangesOperation, (ctx, { query }) => listChanges(ctx, query));
export const POST = route(proposeChangeOperation, (ctx, { body }) => proposeChange(ctx, body));
