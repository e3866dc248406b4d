import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "../http/fetch-json";
import { type AuditExportQuery, type AuditQuery, auditListSchema, auditVerificationSchema } from "./contract";

export function auditQuery(query: Partial<AuditQuery> = {}) {
  return queryOptions({
    queryKey: ["audit", query],
    queryFn: ({ signal }) => fetchJson(auditListSchema, `/api/v1/audit?${searchOf(query)}`, { signal }),
  });
}

/** All that matches the filters as a file. */
export function auditExportUrl(query: Partial<AuditExportQuery>): string {
  return `/api/v1/audit/export?${searchOf(query)}`;
}

function searchOf(query: Partial<AuditQuery & AuditExportQuery>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

export function auditVerificationQuery() {
  return queryOptions({
    queryKey: ["audit", "verification"],
    queryFn: ({ signal }) => fetchJson(auditVerificationSchema, "/api/v1/audit/verification", { signal }),
  });
}
