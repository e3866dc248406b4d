import { route } from "@/lib/http/route";
import { closeBreakGlassOperation } from "@/lib/releases/operations";
import { closeBreakGlass } from "@/lib/releases/server/close-break-glass";

export const POST = route(closeBreakGlassOperation, (ctx, { params, body }) =>
  closeBreakGlass(ctx, { ...body, releaseId: params.id ?? "" }),
);
