import { operation } from "../http/operation";
import {
  auditExportQuerySchema,
  auditListSchema,
  auditQuerySchema,
  auditVerificationSchema,
  signingKeysSchema,
} from "./contract";

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

export const exportAuditOperation = operation({
  method: "GET",
  path: "/api/v1/audit/export",
  summary: "The audit entries that match as a file, oldest first: JSON by line with the hashes, or CSV",
  tag: "audit",
  query: auditExportQuerySchema,
});

export const signingKeysOperation = operation({
  method: "GET",
  path: "/api/v1/signing-keys",
  summary: "The public keys that checkpoints and evidence packs are signed with, as a JWK Set",
  tag: "audit",
  answer: signingKeysSchema,
});

export const auditOperations = [listAuditOperation, verifyAuditOperation, exportAuditOperation, signingKeysOperation];
