import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import type { ChangeKind } from "./change-kinds";
import {
  addedPersonSchema,
  type addPersonSchema,
  changeAnswerSchema,
  type decideChangeSchema,
  type proposeNewPolicySchema,
} from "./contract";
import type { proposeNewLabelPolicySchema, proposeTransferSchema } from "./guard-contract";

type Proposal = Readonly<Record<string, unknown>> & { readonly reason: string };

/** Proposes what the fields of a form say; `reason` is one of them. */
export function proposal<Values extends Proposal = Proposal>(kind: ChangeKind, subjectId: string) {
  return mutationOptions({
    mutationFn: ({ reason, ...after }: Values) =>
      fetchJson(changeAnswerSchema, "/api/v1/changes", { method: "POST", json: { kind, subjectId, after, reason } }),
    onSuccess: (_answer, _input, _before, { client }) => forgetChanges(client),
  });
}

export const proposePolicy = mutationOptions({
  mutationFn: ({ isNew, key, ...policy }: z.input<typeof proposeNewPolicySchema> & { isNew: boolean }) =>
    isNew
      ? fetchJson(changeAnswerSchema, "/api/v1/approval-policies", { method: "POST", json: { ...policy, key } })
      : fetchJson(changeAnswerSchema, `/api/v1/approval-policies/${encodeURIComponent(key)}`, {
          ...{ method: "PUT", json: policy },
        }),
  onSuccess: (_answer, _input, _before, { client }) => forgetChanges(client),
});

export const proposeNewLabelPolicy = mutationOptions({
  mutationFn: (policy: z.input<typeof proposeNewLabelPolicySchema>) =>
    fetchJson(changeAnswerSchema, "/api/v1/label-policies", { method: "POST", json: policy }),
  onSuccess: (_answer, _input, _before, { client }) => forgetChanges(client),
});

export const proposeTransfer = mutationOptions({
  mutationFn: (transfer: z.input<typeof proposeTransferSchema>) =>
    fetchJson(changeAnswerSchema, "/api/v1/transfer-rules", { method: "POST", json: transfer }),
  onSuccess: (_answer, _input, _before, { client }) => forgetChanges(client),
});

export const decideChange = mutationOptions({
  mutationFn: ({ id, ...body }: { id: string } & z.input<typeof decideChangeSchema>) =>
    fetchJson(changeAnswerSchema, `/api/v1/changes/${encodeURIComponent(id)}/decision`, { method: "POST", json: body }),
  // What it changed may stand anywhere: a policy's asks, a name, an environment's gates.
  onSettled: (_answer, _error, _input, _before, { client }) => client.invalidateQueries(),
});

export const withdrawChange = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(changeAnswerSchema, `/api/v1/changes/${encodeURIComponent(id)}/withdraw`, { method: "POST" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetChanges(client),
});

/** The answer's `password` is shown once; it stays out of the query cache. */
export const addPerson = mutationOptions({
  mutationFn: (person: z.input<typeof addPersonSchema>) =>
    fetchJson(addedPersonSchema, "/api/v1/people", { method: "POST", json: person }),
  gcTime: 0,
  onSuccess: (_answer, _input, _before, { client }) =>
    Promise.all([forgetChanges(client), client.invalidateQueries({ queryKey: ["people"] })]),
});

function forgetChanges(client: QueryClient) {
  return Promise.all([
    client.invalidateQueries({ queryKey: ["changes"] }),
    client.invalidateQueries({ queryKey: ["policies"] }),
  ]);
}
