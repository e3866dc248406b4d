"use client";

import { SegmentedControl, Stack } from "@mantine/core";
import type { ReleaseTiming } from "@/lib/releases/use-release";
import { formatDuration, minuteMs } from "./instant-format";
import { LocalInstant } from "./local-instant";
import { RolloutField } from "./rollout-field";
import { RolloutSteps, type StepIssue } from "./rollout-steps";
import { useNow } from "./use-now";
import { UtcPicker } from "./utc-picker";

type TimingProps = {
  readonly value: ReleaseTiming;
  readonly onChange: (value: ReleaseTiming) => void;
  readonly isRollout: boolean;
  readonly stepIssues: readonly StepIssue[];
};

/** What the button of each way says. */
export const releaseVerbs = { now: "Release", later: "Schedule", steps: "Begin with" } as const satisfies Record<
  ReleaseTiming["way"],
  string
>;

/** What would stand in the way of a scheduled release if it were due now. */
export function WouldRefuse({ reasons }: { readonly reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  return <span>As things stand it would be refused: {reasons.join(" ")}</span>;
}

/** When a release goes out, and to whom: at once, at an instant, or to more and more in steps. */
export function ReleaseTimingFields({ value, onChange, isRollout, stepIssues }: TimingProps) {
  const { way, rollout, at, steps } = value;
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="When"
        fullWidth
        value={way}
        onChange={(next) => onChange({ ...value, way: next })}
        data={[
          { value: "now", label: "Now" },
          { value: "later", label: "At a time" },
          { value: "steps", label: "In steps" },
        ]}
      />
      {way === "later" && <At value={at} onChange={(next) => onChange({ ...value, at: next })} />}
      {way === "steps" ? (
        <RolloutSteps steps={steps} issues={stepIssues} onChange={(next) => onChange({ ...value, steps: next })} />
      ) : (
        <RolloutField value={rollout} onChange={(next) => onChange({ ...value, rollout: next })} valid={isRollout} />
      )}
    </Stack>
  );
}

type AtProps = { readonly value: string | undefined; readonly onChange: (at: string | undefined) => void };

function At({ value, onChange }: AtProps) {
  const now = useNow();
  const ahead = value === undefined ? undefined : Date.parse(value) - now;
  return (
    <UtcPicker
      label="At"
      required
      value={value}
      onChange={onChange}
      error={ahead !== undefined && ahead < minuteMs ? "At least a minute ahead." : undefined}
      description={
        value === undefined || ahead === undefined || ahead < minuteMs ? (
          "Every gate is checked again then, with your rights as they are then."
        ) : (
          <>
            In {formatDuration(ahead)}; <LocalInstant at={value} />. Every gate is checked again then.
          </>
        )
      }
    />
  );
}
