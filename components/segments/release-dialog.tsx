"use client";

import { Button, Group, Modal, NumberInput, Select, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { FindingList } from "@/components/ui/finding-list";
import { wordsOfVersion } from "@/components/ui/version-state";
import { isApiProblem } from "@/lib/http/fetch-json";
import { release } from "@/lib/releases/mutations";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { reviewQuery } from "@/lib/versions/queries";

type DialogProps = { readonly overview: SegmentOverview; readonly onClose: () => void };

/** Sends a version to an environment, whole or to a share of customers. */
export function ReleaseDialog({ overview, onClose }: DialogProps) {
  const candidates = overview.versions.filter(
    ({ state }) => state === "approved" || state === "in_review" || state === "released",
  );
  const [versionId, setVersionId] = useState(candidates[0]?.id ?? overview.shown.id);
  const [environment, setEnvironment] = useState<string | null>(null);
  const [rollout, setRollout] = useState<number | string>(100);
  const review = useQuery(reviewQuery(versionId)).data;
  const { mutate, isPending, error } = useMutation(release);
  const targets = review?.releaseTo ?? [];
  const chosen =
    targets.find((each) => each.environment === environment) ?? targets.find((each) => each.allowed) ?? targets[0];
  const number = review?.version.number;
  const wrong = typeof rollout !== "number" || rollout <= 0 || rollout > 100;
  function send(event: FormEvent): void {
    event.preventDefault();
    if (chosen?.allowed && typeof rollout === "number")
      mutate({ versionId, environment: chosen.environment, rollout }, { onSuccess: onClose });
  }
  const findings = isApiProblem(error) ? error.findings : [];
  return (
    <Modal opened onClose={onClose} title={`Release ${overview.segment.name}`} size={460}>
      <form onSubmit={send}>
        <Stack gap="md">
          <Select
            label="Version"
            allowDeselect={false}
            value={versionId}
            onChange={(id) => id !== null && setVersionId(id)}
            data={candidates.map((each) => ({
              value: each.id,
              label: `v${each.number}, ${wordsOfVersion[each.state].toLowerCase()}`,
            }))}
          />
          <Select
            label="Environment"
            allowDeselect={false}
            value={chosen?.environment ?? null}
            onChange={setEnvironment}
            data={targets.map((each) => ({ value: each.environment, label: each.name }))}
            error={chosen && !chosen.allowed ? chosen.why : undefined}
          />
          <NumberInput
            label="Rollout"
            description="Share of the customers whom the rule takes; the same ones each time."
            suffix=" %"
            min={0.01}
            max={100}
            decimalScale={2}
            value={rollout}
            onChange={setRollout}
            error={wrong ? "More than 0 and at most 100." : undefined}
          />
          {findings.length > 0 ? <FindingList findings={findings} /> : <ErrorLine error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" loading={isPending} disabled={wrong || !chosen?.allowed}>
              Release {number !== undefined && `v${number}`} {chosen && `to ${chosen.name.toLowerCase()}`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
