import { requirePermission } from "@/lib/access/permissions";
import { verifyAuditOperation } from "@/lib/audit/operations";
import { verifyAudit } from "@/lib/audit/server/verify-audit";
import { route } from "@/lib/http/route";
import { settings } from "@/lib/server/settings";
import { signingKeys } from "@/lib/server/signing-key";

export const GET = route(verifyAuditOperation, (ctx) => {
  requirePermission(ctx.actor, "audit.read");
  return verifyAudit(ctx.db, { folder: settings().checkpointsFolder, keys: signingKeys() });
});
