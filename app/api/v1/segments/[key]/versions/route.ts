import { route } from "@/lib/http/route";
import { versionLineOperation } from "@/lib/releases/operations";
import { versionLine } from "@/lib/releases/server/version-line";

export const GET = route(versionLineOperation, (ctx, { params }) => versionLine(ctx, params.key ?? ""));
