import { route } from "@/lib/http/route";
import { releaseVersionOperation } from "@/lib/releases/operations";
import { releaseVersion } from "@/lib/releases/server/release-version";

export const POST = route(releaseVersionOperation, (ctx, { params, body }) =>
  releaseVersion(ctx, { ...body, id: params.id ?? "" }),
);
