import { listMergesOperation } from "@/lib/customers/identity-operations";
import { listMerges } from "@/lib/customers/server/merge-customers";
import { route } from "@/lib/http/route";

export const GET = route(listMergesOperation, (ctx, { params }) => listMerges(ctx, params.id ?? ""));
