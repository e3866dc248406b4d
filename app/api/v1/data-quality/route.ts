import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";
import { dataQualityOperation } from "@/lib/ingest/operations";
import { dataQuality } from "@/lib/ingest/server/data-quality";

export const GET = route(dataQualityOperation, (ctx, { query }) => dataQuality(ctx, query, getEngine()));
