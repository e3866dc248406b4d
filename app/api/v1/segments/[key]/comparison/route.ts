import { route } from "@/lib/http/route";
import { comparisonOperation } from "@/lib/releases/operations";
import { compareVersions } from "@/lib/releases/server/compare-versions";

export const GET = route(comparisonOperation, (ctx, { params, query }) =>
  compareVersions(ctx, { ...query, key: params.key ?? "" }),
);
