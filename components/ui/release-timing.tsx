"use client";

import { SegmentedControl, Select, Stack } from "@mantine/core";
import type { ReleaseFormState, ReleaseTiming } from "@/lib/releases/use-release";
import { formatDuration, minuteMs } from "./instant-format";
import { LocalInstant } from "./local-instant";
import { RolloutField } from "./rollout-field";
import { RolloutSteps } from "./rollout-steps";
import { useNow } from "./use-now";
import { UtcPicker } from "./utc-picker";

/** What the button says: "Release v3 to production". */
export function releaseCaption({ timing, target }: ReleaseFormState, version: number | undefined): string {
  const name = version === undefined ? "" : `v${version}`;
  const place = target?.name.toLowerCase() ?? "";
  const captions = {
    now: `Release ${name} to ${place}`,
    later: `Schedule ${name} for ${place}`,
    steps: `Begin with ${name} in ${place}`,
  } as const satisfies Record<ReleaseTiming["way"], string>;
  return captions[timing.way];
}

/** What would stand in the way of a scheduled release if it were due now. */
export function WouldRefuse({ reasons }: { readonly reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  return <span>As things stand it would be refused: {reasons.join(" ")}</span>;
}

/** Where a release goes, when, and to whom: at once, at an instant, or to more and more in steps. */
export function ReleaseFields({ form }: { readonly form: ReleaseFormState }) {
  const { targets, target, timing, setTiming, isRollout, stepIssues } = form;
  const { way, rollout, at, steps } = timing;
  const why = target?.allowed === false ? target.why : undefined;
  return (
    <Stack gap="sm">
      <Select
        label="Environment"
        allowDeselect={false}
        value={target?.environment ?? null}
        onChange={form.setEnvironment}
        data={targets.map((each) => ({ value: each.environment, label: each.name }))}
        {...(way === "later" ? { description: why && `Now it would be refused: ${why}` } : { error: why })}
      />
      <SegmentedControl
        aria-label="When"
        fullWidth
        value={way}
        onChange={(next) => setTiming({ ...timing, way: next })}
        data={[
          { value: "now", label: "Now" },
          { value: "later", label: "At a time" },
          { value: "steps", label: "In steps" },
        ]}
      />
      {way === "later" && <At value={at} onChange={(next) => setTiming({ ...timing, at: next })} />}
      {way === "steps" ? (
        <RolloutSteps steps={steps} issues={stepIssues} onChange={(next) => setTiming({ ...timing, steps: next })} />
      ) : (
        <RolloutField value={rollout} onChange={(next) => setTiming({ ...timing, rollout: next })} valid={isRollout} />
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
            In {formatDuration(ahead)}
            <LocalInstant at={value} before="; " />. Every gate is checked again then.
          </>
        )
      }
    />
  );
}
