import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import { type killSchema, releasedSchema, type releaseVersionSchema, type rollBackSchema } from "./contract";

export const release = mutationOptions({
  mutationFn: ({ versionId, ...body }: { versionId: string } & z.input<typeof releaseVersionSchema>) =>
    fetchJson(releasedSchema, `/api/v1/versions/${encodeURIComponent(versionId)}/release`, {
      method: "POST",
      json: body,
    }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

/** `toVersion` is the number of an earlier version that was released in the environment. */
export const rollBack = mutationOptions({
  mutationFn: ({ key, ...body }: { key: string } & z.input<typeof rollBackSchema>) =>
    fetchJson(releasedSchema, segmentUrl(key, "rollback"), { method: "POST", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

export const kill = mutationOptions({
  mutationFn: ({ key, ...body }: { key: string } & z.input<typeof killSchema>) =>
    fetchJson(releasedSchema, segmentUrl(key, "kill"), { method: "POST", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

function segmentUrl(key: string, event: string): string {
  return `/api/v1/segments/${encodeURIComponent(key)}/${event}`;
}

function forgetReleases(client: QueryClient) {
  return Promise.all(
    ["segments", "versions", "reviews", "environments", "previews", "consumers", "customers"].map((first) =>
      client.invalidateQueries({ queryKey: [first] }),
    ),
  );
}
