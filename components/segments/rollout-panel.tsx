"use client";

import { Button, Group } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { formatNumber } from "@/components/ui/number-format";
import { RolloutLine } from "@/components/ui/rollout-line";
import { Section } from "@/components/ui/section";
import { changePlan } from "@/lib/releases/mutations";
import type { Plan } from "@/lib/releases/plan-contract";
import { planListQuery } from "@/lib/releases/queries";
import styles from "./segments.module.css";

/** Rollouts in steps: those that go on, and the last one that ended. */
export function RolloutPanel({ segmentKey }: { readonly segmentKey: string }) {
  const { data, error, refetch } = useQuery(planListQuery(segmentKey));
  if (error && !data)
    return <ErrorState error={error} title="Rollouts could not be read" onRetry={() => void refetch()} />;
  const plans = data?.items ?? [];
  const open = plans.filter(({ state }) => state === "running" || state === "held");
  const shown = open.length > 0 ? open : plans.slice(0, 1);
  if (shown.length === 0) return null;
  return (
    <Section title="Rollout" variant="panel">
      {shown.map((plan) => (
        <Rollout key={plan.id} plan={plan} />
      ))}
    </Section>
  );
}

const words = {
  running: "goes on by itself",
  held: "is held",
  done: "is done",
  cancelled: "was ended",
} as const satisfies Record<Plan["state"], string>;

function Rollout({ plan }: { readonly plan: Plan }) {
  const mayRelease = useCan("version.release");
  const { environment, version, state, heldBecause, createdBy } = plan;
  return (
    <div>
      <p className={styles.aside}>
        v{version.number} in {environment} {words[state]}, begun by {createdBy.name}
      </p>
      <RolloutLine plan={plan} />
      {heldBecause && (
        <p
          className={state === "held" ? styles.heldBecause : styles.dim}
          role={state === "held" ? "status" : undefined}
        >
          {heldBecause}
        </p>
      )}
      {mayRelease && (state === "running" || state === "held") && <RolloutActions plan={plan} />}
    </div>
  );
}

type Verb = "hold" | "resume" | "cancel";

const asks = {
  hold: { title: "Hold the rollout?", confirm: "Hold it" },
  resume: { title: "Let the rollout go on?", confirm: "Resume" },
  cancel: { title: "End the rollout here?", confirm: "End it" },
} as const satisfies Record<Verb, { title: string; confirm: string }>;

function RolloutActions({ plan }: { readonly plan: Plan }) {
  const [verb, setVerb] = useState<Verb | null>(null);
  const { mutate, isPending, error, reset } = useMutation(changePlan);
  const share = formatNumber(plan.steps[plan.taken - 1]?.percent ?? null, { unit: "%" });
  const does = {
    hold: `It stays at ${share} until somebody resumes it.`,
    resume: "Everything is checked again. Say why, if a new warning is to be let pass.",
    cancel: `It stays at ${share}. What comes after is a release of its own.`,
  } as const satisfies Record<Verb, string>;
  function close(): void {
    setVerb(null);
    reset();
  }
  return (
    <Group gap="xs">
      {(plan.state === "running" ? (["hold", "cancel"] as const) : (["resume", "cancel"] as const)).map((each) => (
        <Button key={each} size="xs" onClick={() => setVerb(each)}>
          {asks[each].confirm}
        </Button>
      ))}
      {verb && (
        <ConfirmDialog
          opened
          onClose={close}
          {...asks[verb]}
          reason="Why"
          pending={isPending}
          error={error}
          onConfirm={(reason) => mutate({ id: plan.id, verb, reason }, { onSuccess: close })}
        >
          {does[verb]}
        </ConfirmDialog>
      )}
    </Group>
  );
}
