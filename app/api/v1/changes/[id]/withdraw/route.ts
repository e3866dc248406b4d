import { withdrawChangeOperation } from "@/lib/changes/operations";
import { withdrawChange } from "@/lib/changes/server/withdraw-change";
import { route } from "@/lib/http/route";

export const POST = route(withdrawChangeOperation, (ctx, { params }) => withdrawChange(ctx, params.id ?? ""));
