"use client";

import { Button, Select, Stack } from "@mantine/core";
import { ErrorLine } from "@/components/ui/error-state";
import { formatInstant } from "@/components/ui/instant-format";
import { Mono } from "@/components/ui/mono";
import { formatCount } from "@/components/ui/number-format";
import { ReleaseTimingFields, releaseVerbs, WouldRefuse } from "@/components/ui/release-timing";
import { Section } from "@/components/ui/section";
import { useRelease } from "@/lib/releases/use-release";
import type { Review } from "@/lib/versions/contract";
import styles from "./review.module.css";

/** Sends an approved version to an environment: now or at an instant, whole, to a share of customers or in steps. */
export function ReleaseForm({ review }: { readonly review: Review }) {
  const form = useRelease(review);
  const { targets, target, released, scheduled } = form;
  const { allowed, why } = review.possible.release;
  if (!allowed) {
    return (
      <Section title="Release" variant="panel">
        <p className={styles.panelText}>{why}</p>
      </Section>
    );
  }
  return (
    <Section title="Release" variant="panel">
      <Stack gap="sm">
        <Select
          label="Environment"
          allowDeselect={false}
          value={target?.environment ?? null}
          onChange={form.setEnvironment}
          data={targets.map((each) => ({ value: each.environment, label: each.name }))}
          error={target && !target.allowed ? target.why : undefined}
        />
        <ReleaseTimingFields
          value={form.timing}
          onChange={form.setTiming}
          isRollout={form.isRollout}
          stepIssues={form.stepIssues}
        />
        <ErrorLine error={form.error} />
        {released && (
          <p className={styles.panelText} role="status">
            v{released.release.version.number} is live in {released.release.environment} from revision{" "}
            <Mono>r{released.revision}</Mono>.
            {released.plan && ` ${formatCount(released.plan.steps.length - 1, "step")} follow by themselves.`}
          </p>
        )}
        {scheduled && (
          <p className={styles.panelText} role="status">
            It is scheduled for {formatInstant(scheduled.at)}. <WouldRefuse reasons={scheduled.wouldRefuse} />
          </p>
        )}
        <Button variant="filled" fullWidth disabled={!form.canSend} loading={form.isPending} onClick={form.send}>
          {releaseVerbs[form.timing.way]} v{review.version.number} {target && `to ${target.name.toLowerCase()}`}
        </Button>
      </Stack>
    </Section>
  );
}
