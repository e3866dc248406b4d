import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { type AuditQuery, auditListSchema, auditVerificationSchema } from "./contract";

export function auditQuery(query: Partial<AuditQuery> = {}) {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  return queryOptions({
    queryKey: ["audit", query],
    queryFn: ({ signal }) => fetchJson(auditListSchema, `/api/v1/audit?${search}`, { signal }),
  });
}

export function auditVerificationQuery() {
  return queryOptions({
    queryKey: ["audit", "verification"],
    queryFn: ({ signal }) => fetchJson(auditVerificationSchema, "/api/v1/audit/verification", { signal }),
  });
}
