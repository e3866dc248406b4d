import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import { importPreviewSchema, startedImportSchema } from "./contract";
import { type changeIdentitySchema, identityListSchema, mergedSchema, mergePreviewSchema } from "./identity-contract";
import type { importMappingSchema } from "./import-mapping";
import { type openRequestSchema, requestedSchema, type settleRequestSchema } from "./request-contract";

export const previewImport = mutationOptions({
  mutationFn: ({ file }: { file: File }) =>
    fetchJson(importPreviewSchema, "/api/v1/imports/preview", { method: "POST", body: form({ file }) }),
});

export const startImport = mutationOptions({
  mutationFn: ({ file, mapping }: { file: File; mapping: z.input<typeof importMappingSchema> }) =>
    fetchJson(startedImportSchema, "/api/v1/imports", { method: "POST", body: form({ mapping, file }) }),
  onSuccess: (_answer, _input, _before, { client }) => forgetImports(client),
});

export const cancelImport = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(startedImportSchema, `/api/v1/imports/${encodeURIComponent(id)}`, { method: "DELETE" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetImports(client),
});

export const openRequest = mutationOptions({
  mutationFn: (json: z.input<typeof openRequestSchema>) =>
    fetchJson(requestedSchema, "/api/v1/data-requests", { method: "POST", json }),
  onSuccess: (_answer, _input, _before, { client }) => forgetRequests(client),
});

export const settleRequest = mutationOptions({
  mutationFn: ({ id, ...json }: { id: string } & z.input<typeof settleRequestSchema>) =>
    fetchJson(requestedSchema, `/api/v1/data-requests/${encodeURIComponent(id)}/decision`, { method: "POST", json }),
  onSuccess: (_answer, _input, _before, { client }) => forgetRequests(client),
});

function forgetRequests(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["data-requests"] });
}

type Merging = { readonly from: string; readonly into: string };

export const previewMerge = mutationOptions({
  mutationFn: ({ from, ...json }: Merging & { environment: string }) =>
    fetchJson(mergePreviewSchema, `/api/v1/customers/${encodeURIComponent(from)}/merge/preview`, {
      ...{ method: "POST", json },
    }),
});

export const mergeCustomers = mutationOptions({
  mutationFn: ({ from, ...json }: Merging & { reason: string }) =>
    fetchJson(mergedSchema, `/api/v1/customers/${encodeURIComponent(from)}/merge`, { method: "POST", json }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCustomers(client),
});

export const unmergeCustomers = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(mergedSchema, `/api/v1/merges/${encodeURIComponent(id)}`, { method: "DELETE" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCustomers(client),
});

function forgetCustomers(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["customers"] });
}

/** To link or unlink what names a customer beside their id. */
export function changeIdentity(id: string, change: "link" | "unlink") {
  const path = `/api/v1/customers/${encodeURIComponent(id)}/identities${change === "unlink" ? "/unlink" : ""}`;
  return mutationOptions({
    mutationFn: (json: z.input<typeof changeIdentitySchema>) =>
      fetchJson(identityListSchema, path, { method: "POST", json }),
    onSuccess: (_answer, _input, _before, { client }) =>
      client.invalidateQueries({ queryKey: ["customers", "activity", id] }),
  });
}

/** The mapping goes first, so that a wrong one is refused before the file has travelled. */
function form({ mapping, file }: { mapping?: z.input<typeof importMappingSchema>; file: File }): FormData {
  const data = new FormData();
  if (mapping) data.append("mapping", JSON.stringify(mapping));
  data.append("file", file);
  return data;
}

function forgetImports(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["imports"] });
}
