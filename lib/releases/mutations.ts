import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import type { breakGlassSchema, closeBreakGlassSchema } from "./break-glass-contract";
import { type killSchema, releasedSchema, type releaseVersionSchema, type rollBackSchema } from "./contract";
import { type beginFreezeSchema, begunFreezeSchema } from "./freeze-contract";
import { changedPlanSchema } from "./plan-contract";
import { scheduledSchema } from "./schedule-contract";

/** Now: in full, to a share, or its first step. */
export const release = mutationOptions({
  mutationFn: ({ versionId, ...body }: { versionId: string } & z.input<typeof releaseVersionSchema>) =>
    fetchJson(releasedSchema, versionUrl(versionId, "release"), { method: "POST", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

/** At the instant `at`, if every gate lets it pass then. */
export const scheduleRelease = mutationOptions({
  mutationFn: ({ versionId, ...body }: { versionId: string; at: string } & z.input<typeof releaseVersionSchema>) =>
    fetchJson(scheduledSchema, versionUrl(versionId, "release"), { method: "POST", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

export const cancelSchedule = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(scheduledSchema, `/api/v1/schedules/${encodeURIComponent(id)}/cancel`, { method: "POST" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

/** With a reason, a rollout that is resumed lets new warnings pass. */
export const changePlan = mutationOptions({
  mutationFn: ({ id, verb, reason }: { id: string; verb: "hold" | "resume" | "cancel"; reason?: string }) =>
    fetchJson(changedPlanSchema, `/api/v1/plans/${encodeURIComponent(id)}/${verb}`, {
      method: "POST",
      json: { ...(reason ? { reason } : {}) },
    }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

export const breakGlass = mutationOptions({
  mutationFn: ({ versionId, ...body }: { versionId: string } & z.input<typeof breakGlassSchema>) =>
    fetchJson(releasedSchema, versionUrl(versionId, "break-glass"), { method: "POST", json: body }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

export const closeBreakGlass = mutationOptions({
  mutationFn: ({ releaseId, ...body }: { releaseId: string } & z.input<typeof closeBreakGlassSchema>) =>
    fetchJson(releasedSchema, `/api/v1/releases/${encodeURIComponent(releaseId)}/break-glass-review`, {
      method: "POST",
      json: body,
    }),
  onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
});

export function beginFreeze(environment: string) {
  return mutationOptions({
    mutationFn: (body: z.input<typeof beginFreezeSchema>) =>
      fetchJson(begunFreezeSchema, `/api/v1/environments/${encodeURIComponent(environment)}/freezes`, {
        method: "POST",
        json: body,
      }),
    onSuccess: (_answer, _input, _before, { client }) => forgetReleases(client),
  });
}

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

function versionUrl(versionId: string, event: string): string {
  return `/api/v1/versions/${encodeURIComponent(versionId)}/${event}`;
}

function segmentUrl(key: string, event: string): string {
  return `/api/v1/segments/${encodeURIComponent(key)}/${event}`;
}

const changedByReleases = [
  ...["segments", "versions", "reviews", "environments", "previews", "consumers", "customers"],
  ...["schedules", "plans", "break-glass", "promotions"],
];

function forgetReleases(client: QueryClient) {
  return Promise.all(changedByReleases.map((first) => client.invalidateQueries({ queryKey: [first] })));
}
