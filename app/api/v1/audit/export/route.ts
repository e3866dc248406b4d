import { exportAuditOperation } from "@/lib/audit/operations";
import { exportAudit } from "@/lib/audit/server/export-audit";
import { route } from "@/lib/http/route";

export const GET = route(exportAuditOperation, (ctx, { query }) => exportAudit(ctx, query));
