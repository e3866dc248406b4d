"use client";

import { Button, Select, Stack } from "@mantine/core";
import { ErrorLine } from "@/components/ui/error-state";
import { Mono } from "@/components/ui/mono";
import { RolloutField } from "@/components/ui/rollout-field";
import { Section } from "@/components/ui/section";
import { useRelease } from "@/lib/releases/use-release";
import type { Review } from "@/lib/versions/contract";
import styles from "./review.module.css";

/** Sends an approved version to an environment, whole or to a share of customers. */
export function ReleaseForm({ review }: { readonly review: Review }) {
  const form = useRelease(review);
  const { targets, target, released } = form;
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
        <RolloutField value={form.rollout} onChange={form.setRollout} valid={form.isRollout} />
        <ErrorLine error={form.error} />
        {released && (
          <p className={styles.panelText} role="status">
            v{released.release.version.number} is live in {released.release.environment} from revision{" "}
            <Mono>r{released.revision}</Mono>.
          </p>
        )}
        <Button variant="filled" fullWidth disabled={!form.canSend} loading={form.isPending} onClick={form.send}>
          Release v{review.version.number} {target && `to ${target.name.toLowerCase()}`}
        </Button>
      </Stack>
    </Section>
  );
}
