import { route } from "@/lib/http/route";
import { listBreakGlassOperation } from "@/lib/releases/operations";
import { listBreakGlass } from "@/lib/releases/server/list-break-glass";

export const GET = route(listBreakGlassOperation, (ctx) => listBreakGlass(ctx));
