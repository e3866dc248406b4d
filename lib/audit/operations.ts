import { operation } from "../http/operation";
import { auditListSchema, auditQuerySchema, auditVerificationSchema } from "./contract";

export const listAuditOperation = operation({
  method: "GET",
  path: "/api/v1/audit",
  summary: "Audit entries with their hashes, newest first",
  tag: "audit",
  query: auditQuerySchema,
  answer: auditListSchema,
});

export const verifyAuditOperation = operation({
  method: "GET",
  path: "/api/v1/audit/verification",
  summary: "Whether the audit chain holds, and where it breaks",
  tag: "audit",
  answer: auditVerificationSchema,
});

export const auditOperations = [listAuditOperation, verifyAuditOperation];
