"use client";

import { Button, Stack } from "@mantine/core";
import { ErrorLine } from "@/components/ui/error-state";
import { formatInstant } from "@/components/ui/instant-format";
import { Mono } from "@/components/ui/mono";
import { formatCount } from "@/components/ui/number-format";
import { ReleaseFields, releaseCaption, WouldRefuse } from "@/components/ui/release-timing";
import { Section } from "@/components/ui/section";
import { useRelease } from "@/lib/releases/use-release";
import type { Review } from "@/lib/versions/contract";
import styles from "./review.module.css";

/** Sends an approved version to an environment: now or at an instant, whole, to a share of customers or in steps. */
export function ReleaseForm({ review }: { readonly review: Review }) {
  const form = useRelease(review);
  const { released, scheduled } = form;
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
        <ReleaseFields form={form} />
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
          {releaseCaption(form, review.version.number)}
        </Button>
      </Stack>
    </Section>
  );
}
