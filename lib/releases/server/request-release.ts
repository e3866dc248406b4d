import type { z } from "zod";
import type { Context } from "../../server/context";
import type { Released, releaseVersionSchema } from "../contract";
import type { scheduledSchema } from "../schedule-contract";
import { beginPlan } from "./begin-plan";
import { releaseVersion } from "./release-version";
import { scheduleRelease } from "./schedule-release";

type RequestReleaseInput = z.output<typeof releaseVersionSchema> & { readonly id: string };

/** A release as it is asked for: now, at an instant, or in steps. */
export function requestRelease(
  ctx: Context,
  { at, steps, ...input }: RequestReleaseInput,
): Promise<Released | z.output<typeof scheduledSchema>> {
  if (at !== undefined) return scheduleRelease(ctx, { ...input, at: new Date(at) });
  return steps ? beginPlan(ctx, { ...input, steps }) : releaseVersion(ctx, input);
}
