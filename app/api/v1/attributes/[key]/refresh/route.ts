import { getEngine } from "@/lib/engine/server/engine-instance";
import { refreshAttributeOperation } from "@/lib/events/operations";
import { refreshAttribute } from "@/lib/events/server/refresh-attributes";
import { route } from "@/lib/http/route";

export const POST = route(refreshAttributeOperation, (ctx, { params }) =>
  refreshAttribute(ctx, params.key ?? "", getEngine()),
);
