import { route } from "@/lib/http/route";
import { listEnvironmentsOperation } from "@/lib/releases/operations";
import { listEnvironments } from "@/lib/releases/server/list-environments";

export const GET = route(listEnvironmentsOperation, (ctx) => listEnvironments(ctx));
