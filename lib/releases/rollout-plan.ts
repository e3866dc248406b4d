import { z } from "zod";
import type { Finding } from "../findings";
import { impactSizeSchema } from "../versions/approval-policy";

const mostSteps = 12;
/** Thirty days. */
const longestHoldMinutes = 43_200;

/** `percent` of bucket space; `holdMinutes` until the next step, of no meaning for the last one. */
export const rolloutStepSchema = z.strictObject({
  percent: z.number().gt(0).max(100),
  holdMinutes: z.int().min(0).max(longestHoldMinutes).default(0),
});
export type RolloutStep = z.infer<typeof rolloutStepSchema>;

export const rolloutStepsSchema = z
  .array(rolloutStepSchema)
  .min(2, "A single step is a release: give a rollout instead.")
  .max(mostSteps, `At most ${mostSteps} steps.`)
  .superRefine((steps, ctx) => {
    for (const [index, { percent, holdMinutes }] of steps.entries()) {
      const before = steps[index - 1];
      if (before && percent <= before.percent) {
        const message = `More than the ${before.percent} % before it.`;
        ctx.addIssue({ code: "custom", path: [index, "percent"], message });
      }
      if (holdMinutes === 0 && index < steps.length - 1) {
        ctx.addIssue({
          code: "custom",
          path: [index, "holdMinutes"],
          message: "At least a minute before the next step.",
        });
      }
    }
  });

/** What was there when a step was taken. */
const takenStepSchema = z.object({
  at: z.iso.datetime(),
  releaseId: z.string(),
  revision: z.int(),
  /** Names of the document's warnings, as `warningName` gives them. */
  warnings: z.array(z.string()),
  impact: impactSizeSchema.nullable(),
});
export type TakenStep = z.infer<typeof takenStepSchema>;

/** `RolloutPlan.steps`. `accepted` names the warnings that a person let pass before the step. */
export const plannedStepsSchema = z.array(
  rolloutStepSchema.extend({ taken: takenStepSchema.optional(), accepted: z.array(z.string()).optional() }),
);
export type PlannedStep = z.infer<typeof plannedStepsSchema>[number];

export type PlanProgress = {
  readonly steps: readonly PlannedStep[];
  readonly taken: number;
  readonly state: "running" | "done";
  readonly nextAt: Date | null;
};

/** The plan after its next step was taken. */
export function afterStep(steps: readonly PlannedStep[], index: number, taken: TakenStep): PlanProgress {
  const isLast = index + 1 >= steps.length;
  const holdMs = (steps[index]?.holdMinutes ?? 0) * 60_000;
  return {
    steps: steps.map((step, at) => (at === index ? { ...step, taken } : step)),
    taken: index + 1,
    state: isLast ? "done" : "running",
    nextAt: isLast ? null : new Date(new Date(taken.at).getTime() + holdMs),
  };
}

/** The warnings that were there when a step was taken, or that somebody let pass since. */
export function knownWarnings(steps: readonly PlannedStep[]): ReadonlySet<string> {
  return new Set(steps.flatMap(({ taken, accepted = [] }) => [...(taken?.warnings ?? []), ...accepted]));
}

/** The plan with these warnings let pass before its next step. */
export function acceptWarnings(
  steps: readonly PlannedStep[],
  index: number,
  warnings: readonly string[],
): PlannedStep[] {
  return steps.map((step, at) =>
    at === index ? { ...step, accepted: [...(step.accepted ?? []), ...warnings] } : step,
  );
}

/** The same warning at another count is the same warning. */
export function warningName({ code, path }: Finding): string {
  return path === "" ? code : `${code} ${path}`;
}

export function warningNames(findings: readonly Finding[]): string[] {
  return findings.filter(({ severity }) => severity === "warning").map(warningName);
}
