import { attributeStatisticsOperation } from "@/lib/catalogue/operations";
import { attributeStatistics } from "@/lib/catalogue/server/attribute-statistics";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(attributeStatisticsOperation, (ctx, { params }) =>
  attributeStatistics(ctx, params.key ?? "", getEngine()),
);
