"use client";

import { Button, NumberInput, Select, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { release } from "@/lib/releases/mutations";
import { environmentListQuery } from "@/lib/releases/queries";
import type { Review } from "@/lib/versions/contract";
import styles from "./review.module.css";

/** Sends an approved version to an environment, whole or to a share of customers. */
export function ReleaseForm({ review }: { readonly review: Review }) {
  const environments = useQuery(environmentListQuery());
  const [environment, setEnvironment] = useState("production");
  const [rollout, setRollout] = useState<number | string>(100);
  const send = useMutation(release);
  const { allowed, why } = review.possible.release;
  const { version } = review;
  if (!allowed) {
    return (
      <Section title="Release" variant="panel">
        <p className={styles.panelText}>{why}</p>
      </Section>
    );
  }
  const items = environments.data?.items ?? [];
  const name = items.find((each) => each.key === environment)?.name ?? environment;
  const wrongRollout = typeof rollout !== "number" || rollout <= 0 || rollout > 100;
  return (
    <Section title="Release" variant="panel">
      <Stack gap="sm">
        <Select
          label="Environment"
          allowDeselect={false}
          value={environment}
          onChange={(value) => setEnvironment(value ?? environment)}
          data={items.map((each) => ({ value: each.key, label: each.name }))}
        />
        <NumberInput
          label="Rollout"
          description="Share of the customers the rule takes, chosen by hash: the same ones each time."
          suffix=" %"
          min={0.01}
          max={100}
          decimalScale={2}
          value={rollout}
          onChange={setRollout}
          error={wrongRollout ? "More than 0 and at most 100." : undefined}
        />
        <ErrorLine error={send.error} />
        {send.data && (
          <p className={styles.panelText} role="status">
            v{send.data.release.version.number} is live in {send.data.release.environment} from revision{" "}
            <Mono>r{send.data.revision}</Mono>.
          </p>
        )}
        <Button
          variant="filled"
          fullWidth
          disabled={wrongRollout}
          loading={send.isPending}
          onClick={() => {
            if (typeof rollout === "number") send.mutate({ versionId: version.id, environment, rollout });
          }}
        >
          Release v{version.number} to {name.toLowerCase()}
        </Button>
      </Stack>
    </Section>
  );
}
