import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import { type addCommentSchema, addedCommentSchema } from "./comment-contract";
import {
  createdSegmentSchema,
  openedDraftSchema,
  recordedVerdictSchema,
  type recordVerdictSchema,
  savedDraftSchema,
  submittedSchema,
  withdrawnSchema,
} from "./contract";
import { rebasedSchema, type rebaseSchema } from "./rebase-contract";

export const createSegment = mutationOptions({
  mutationFn: (document: unknown) =>
    fetchJson(createdSegmentSchema, "/api/v1/segments", { method: "POST", json: { document } }),
  onSuccess: (_answer, _input, _before, { client }) => forgetVersions(client),
});

/** Opens a draft from the live version, or from the content of a withdrawn or rejected one. */
export const openDraft = mutationOptions({
  mutationFn: ({ key, from }: { key: string; from?: number }) =>
    fetchJson(openedDraftSchema, draftUrl(key), { method: "POST", json: { from } }),
  onSuccess: (_answer, _input, _before, { client }) => forgetVersions(client),
});

/** `basedOn` is the draftRevision that the editor loaded; a stale one is an ApiProblem with code "stale-draft". */
export const saveDraft = mutationOptions({
  mutationFn: ({ key, ...body }: { key: string; document: unknown; basedOn: number }) =>
    fetchJson(savedDraftSchema, draftUrl(key), { method: "PUT", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetVersions(client),
});

/** `onto` is the live version that was looked at; open conflicts are an ApiProblem with code "rebase-conflict". */
export const rebase = mutationOptions({
  mutationFn: ({ versionId, ...body }: { versionId: string } & z.input<typeof rebaseSchema>) =>
    fetchJson(rebasedSchema, versionUrl(versionId, "rebase"), { method: "POST", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetVersions(client),
});

/** The version becomes what reviewers see; an ApiProblem with code "blocked" carries every finding in the way. */
export const submit = mutationOptions({
  mutationFn: ({ versionId, note }: { versionId: string; note?: string }) =>
    fetchJson(submittedSchema, versionUrl(versionId, "submit"), { method: "POST", json: { note } }),
  onSuccess: (_answer, _input, _before, { client }) => forgetVersions(client),
});

export const withdraw = mutationOptions({
  mutationFn: ({ versionId, note }: { versionId: string; note?: string }) =>
    fetchJson(withdrawnSchema, versionUrl(versionId, "withdraw"), { method: "POST", json: { note } }),
  onSuccess: (_answer, _input, _before, { client }) => forgetVersions(client),
});

export const recordVerdict = mutationOptions({
  mutationFn: ({ versionId, ...body }: { versionId: string } & z.input<typeof recordVerdictSchema>) =>
    fetchJson(recordedVerdictSchema, versionUrl(versionId, "verdicts"), { method: "POST", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetVersions(client),
});

/** Begins a thread, or answers in one. */
export const addComment = mutationOptions({
  mutationFn: ({ versionId, ...body }: { versionId: string } & z.input<typeof addCommentSchema>) =>
    fetchJson(addedCommentSchema, versionUrl(versionId, "comments"), { method: "POST", json: body }),
  onSuccess: (_answer, { versionId }, _before, { client }) => forgetComments(client, versionId),
});

export const resolveComment = mutationOptions({
  mutationFn: ({ id, resolved }: { versionId: string; id: string; resolved: boolean }) =>
    fetchJson(addedCommentSchema, `/api/v1/comments/${encodeURIComponent(id)}/resolution`, {
      method: "POST",
      json: { resolved },
    }),
  onSuccess: (_answer, { versionId }, _before, { client }) => forgetComments(client, versionId),
});

function forgetComments(client: QueryClient, versionId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: ["versions", versionId, "comments"] });
}

function draftUrl(key: string): string {
  return `/api/v1/segments/${encodeURIComponent(key)}/draft`;
}

function versionUrl(versionId: string, event: string): string {
  return `/api/v1/versions/${encodeURIComponent(versionId)}/${event}`;
}

function forgetVersions(client: QueryClient) {
  return Promise.all(
    ["segments", "versions", "reviews", "drafts"].map((first) => client.invalidateQueries({ queryKey: [first] })),
  );
}
