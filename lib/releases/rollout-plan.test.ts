import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptWarnings, afterStep, knownWarnings, rolloutStepsSchema, type TakenStep } from "./rollout-plan";

const at = "2026-06-01T12:00:00.000Z";
const taken: TakenStep = { at, releaseId: "r", revision: 1, warnings: ["few-members"], impact: null };
const percents = (...given: number[]) =>
  given.map((percent, index) => ({ percent, ...(index < given.length - 1 ? { holdMinutes: 30 } : {}) }));

test("steps rise to 100 % at most, two to twelve of them", () => {
  const accepted = (...given: number[]) => rolloutStepsSchema.safeParse(percents(...given)).success;
  expect(accepted(1, 10, 50, 100)).toBe(true);
  expect(accepted(5, 40)).toBe(true);
  expect([accepted(10), accepted(10, 10), accepted(50, 10), accepted(0, 10), accepted(50, 101)]).not.toContain(true);
  expect(accepted(...Array.from({ length: 13 }, (_, index) => index + 1))).toBe(false);
});

test("every step but the last one waits at least a minute", () => {
  expect(rolloutStepsSchema.safeParse([{ percent: 10 }, { percent: 100 }]).success).toBe(false);
  expect(rolloutStepsSchema.safeParse([{ percent: 10, holdMinutes: 1 }, { percent: 100 }]).success).toBe(true);
});

test("a plan takes each of its steps once, in their order, and is done after the last one", () => {
  const plans = fc
    .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 12 })
    .map((shares) => rolloutStepsSchema.parse(percents(...shares.toSorted((a, b) => a - b))));
  fc.assert(
    fc.property(plans, (steps) => {
      let progress = afterStep(steps, 0, taken);
      for (let index = 1; index < steps.length; index += 1) {
        expect(progress).toMatchObject({
          taken: index,
          state: "running",
          nextAt: new Date("2026-06-01T12:30:00.000Z"),
        });
        progress = afterStep(progress.steps, index, taken);
      }
      expect(progress).toMatchObject({ taken: steps.length, state: "done", nextAt: null });
      expect(progress.steps.every((step) => step.taken !== undefined)).toBe(true);
    }),
  );
});

test("known are the warnings of the steps that were taken and those that somebody let pass", () => {
  const { steps } = afterStep(rolloutStepsSchema.parse(percents(10, 100)), 0, taken);
  expect([...knownWarnings(acceptWarnings(steps, 1, ["treatment-tie treatments.plan"]))]).toEqual([
    "few-members",
    "treatment-tie treatments.plan",
  ]);
});
