import { listRequestsOperation, openRequestOperation } from "@/lib/customers/request-operations";
import { listRequests, openRequest } from "@/lib/customers/server/data-requests";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(listRequestsOperation, (ctx) => listRequests(ctx));

export const POST = route(openRequestOperation, (ctx, { body }) => openRequest(ctx, body, getEngine()));
