import { route } from "@/lib/http/route";
import { listPromotionsOperation } from "@/lib/releases/operations";
import { listPromotions } from "@/lib/releases/server/list-promotions";

export const GET = route(listPromotionsOperation, (ctx, { query }) => listPromotions(ctx, query));
