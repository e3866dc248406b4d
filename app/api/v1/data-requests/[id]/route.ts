import { getRequestOperation } from "@/lib/customers/request-operations";
import { getRequest } from "@/lib/customers/server/data-requests";
import { route } from "@/lib/http/route";

export const GET = route(getRequestOperation, (ctx, { params }) => getRequest(ctx, params.id ?? ""));
