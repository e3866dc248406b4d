import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import type { ApprovalPolicy } from "../versions/approval-policy";
import { policyComparisonSchema, type simulatePoliciesSchema, simulationSchema } from "../versions/simulation-contract";
import { changeListSchema, policyListSchema } from "./contract";
import { labelPolicyListSchema, transferListSchema } from "./guard-contract";

/** "me": open ones that the one who looks may decide. */
export function changeListQuery(waiting: "me" | "all" = "all") {
  return queryOptions({
    queryKey: ["changes", waiting],
    queryFn: ({ signal }) => fetchJson(changeListSchema, `/api/v1/changes?waiting=${waiting}`, { signal }),
  });
}

export function policyListQuery() {
  return queryOptions({
    queryKey: ["policies"],
    queryFn: ({ signal }) => fetchJson(policyListSchema, "/api/v1/approval-policies", { signal }),
  });
}

export function labelPolicyListQuery() {
  return queryOptions({
    queryKey: ["policies", "labels"],
    queryFn: ({ signal }) => fetchJson(labelPolicyListSchema, "/api/v1/label-policies", { signal }),
  });
}

export function transferListQuery() {
  return queryOptions({
    queryKey: ["policies", "transfers"],
    queryFn: ({ signal }) => fetchJson(transferListSchema, "/api/v1/transfer-rules", { signal }),
  });
}

/** What other policies would mean for what is under review; the answer before stands while the next comes. */
export function policyComparisonQuery(policies: readonly ApprovalPolicy[]) {
  return queryOptions({
    queryKey: ["policies", "comparison", policies],
    queryFn: ({ signal }) =>
      fetchJson(policyComparisonSchema, "/api/v1/approval-policies/comparison", {
        ...{ method: "POST", json: { policies }, signal },
      }),
    placeholderData: keepPreviousData,
  });
}

export function policySimulationQuery(of: z.input<typeof simulatePoliciesSchema>) {
  return queryOptions({
    queryKey: ["policies", "simulation", of],
    queryFn: ({ signal }) =>
      fetchJson(simulationSchema, "/api/v1/approval-policies/simulation", { method: "POST", json: of, signal }),
    placeholderData: keepPreviousData,
  });
}
