"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Review } from "../versions/contract";
import { release } from "./mutations";

/** What a form for a release holds: where to, to what share, and whether it may be sent. Starts at a place that may. */
export function useRelease(review: Review | undefined, onReleased?: () => void) {
  const [wanted, setEnvironment] = useState<string | null>(null);
  const [rollout, setRollout] = useState<number | string>(100);
  const { mutate, isPending, error, data: released } = useMutation(release);
  const targets = review?.releaseTo ?? [];
  const allowed = targets.filter((each) => each.allowed);
  const preferred = allowed.find((each) => each.environment === "production") ?? allowed[0] ?? targets[0];
  const target = targets.find((each) => each.environment === wanted) ?? preferred;
  const isRollout = typeof rollout === "number" && rollout > 0 && rollout <= 100;
  const versionId = review?.version.id;
  const canSend = versionId !== undefined && target?.allowed === true && isRollout;
  function send(): void {
    if (canSend) mutate({ versionId, environment: target.environment, rollout }, { onSuccess: onReleased });
  }
  return { targets, target, setEnvironment, rollout, setRollout, isRollout, canSend, send, isPending, error, released };
}
