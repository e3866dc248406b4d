import { createRegionOperation, listRegionsOperation } from "@/lib/catalogue/operations";
import { createRegion } from "@/lib/catalogue/server/create-region";
import { listRegions } from "@/lib/catalogue/server/list-regions";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(listRegionsOperation, (ctx) => listRegions(ctx, getEngine()));
export const POST = route(createRegionOperation, (ctx, { body }) => createRegion(ctx, body));
