import { listAuditOperation } from "@/lib/audit/operations";
import { listAudit } from "@/lib/audit/server/list-audit";
import { route } from "@/lib/http/route";

export const GET = route(listAuditOperation, (ctx, { query }) => listAudit(ctx, query));
