import { route } from "@/lib/http/route";
import { breakGlassOperation } from "@/lib/releases/operations";
import { breakGlass } from "@/lib/releases/server/break-glass";

export const POST = route(breakGlassOperation, (ctx, { params, body }) =>
  breakGlass(ctx, { ...body, id: params.id ?? "" }),
);
