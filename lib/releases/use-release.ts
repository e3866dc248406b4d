"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Review } from "../versions/contract";
import { release, scheduleRelease } from "./mutations";
import { rolloutStepsSchema } from "./rollout-plan";

export const releaseWays = ["now", "later", "steps"] as const;

/** How a release goes out, as it is typed: `rollout` and `percent` are a number once they are one. */
export type ReleaseTiming = {
  readonly way: (typeof releaseWays)[number];
  readonly rollout: number | string;
  /** ISO 8601 in UTC. */
  readonly at: string | undefined;
  readonly steps: readonly { readonly percent: number | string; readonly holdMinutes: number | string }[];
};

const usualSteps = [
  { percent: 1, holdMinutes: 60 },
  { percent: 10, holdMinutes: 240 },
  { percent: 50, holdMinutes: 1_440 },
  { percent: 100, holdMinutes: 0 },
];

/** What a form for a release holds: where to, when, to what share, and whether it may be sent. Starts at a place that may. */
export function useRelease(review: Review | undefined, onDone?: () => void) {
  const [wanted, setEnvironment] = useState<string | null>(null);
  const [timing, setTiming] = useState<ReleaseTiming>({ way: "now", rollout: 100, at: undefined, steps: usualSteps });
  const now = useMutation(release);
  const later = useMutation(scheduleRelease);
  const targets = review?.releaseTo ?? [];
  const allowed = targets.filter((each) => each.allowed);
  const production = (each: { readonly environment: string }) => each.environment === "production";
  const preferred = allowed.find(production) ?? allowed[0] ?? targets.find(production) ?? targets[0];
  const target = targets.find((each) => each.environment === wanted) ?? preferred;
  const { way, rollout, at } = timing;
  const isRollout = typeof rollout === "number" && rollout > 0 && rollout <= 100;
  const steps = rolloutStepsSchema.safeParse(timing.steps);
  const isReady = { now: isRollout, later: isRollout && at !== undefined, steps: steps.success };
  const versionId = review?.version.id;
  /** Gates that refuse now may let it pass later. */
  const canSend =
    versionId !== undefined && target !== undefined && isReady[way] && (way === "later" || target.allowed);
  function send(): void {
    if (!canSend) return;
    const input = { versionId, environment: target.environment };
    const done = { onSuccess: onDone };
    if (way === "steps" && steps.success) now.mutate({ ...input, steps: steps.data }, done);
    if (way === "now" && isRollout) now.mutate({ ...input, rollout }, done);
    if (way === "later" && isRollout && at !== undefined) later.mutate({ ...input, rollout, at }, done);
  }
  return {
    ...{ targets, target, setEnvironment, timing, setTiming, isRollout, canSend, send },
    stepIssues: steps.success ? [] : steps.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    isPending: now.isPending || later.isPending,
    error: way === "later" ? later.error : now.error,
    released: now.data,
    scheduled: later.data?.schedule,
  };
}

export type ReleaseFormState = ReturnType<typeof useRelease>;
