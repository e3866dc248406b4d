"use client";

import { Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FindingList } from "@/components/ui/finding-list";
import { wordsOfVersion } from "@/components/ui/version-state";
import { isApiProblem } from "@/lib/http/fetch-json";
import { breakGlass } from "@/lib/releases/mutations";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { environmentListQuery } from "@/lib/releases/queries";
import { nextState } from "@/lib/versions/state";
import { preferredEnvironment } from "./environment-choice";

type DialogProps = { readonly overview: SegmentOverview; readonly onClose: () => void };

/** Serves submitted content without its approvals. It asks for the key, so that nobody does it by the way. */
export function BreakGlassDialog({ overview: { segment, versions }, onClose }: DialogProps) {
  const candidates = versions.filter(({ state }) => nextState(state, "break_glass") !== undefined);
  const environments = useQuery(environmentListQuery()).data?.items ?? [];
  const [versionId, setVersionId] = useState(candidates[0]?.id ?? null);
  const [wanted, setEnvironment] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const { mutate, isPending, error } = useMutation(breakGlass);
  const environment = wanted ?? preferredEnvironment(environments.map(({ key }) => key));
  const findings = isApiProblem(error) ? error.findings : [];
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Release ${segment.name} without its approvals?`}
      confirm="Break the glass"
      destructive
      reason="Why it cannot wait"
      disabled={versionId === null || typed !== segment.key}
      pending={isPending}
      error={findings.length > 0 ? null : error}
      onConfirm={(reason) => versionId && mutate({ versionId, environment, reason }, { onSuccess: onClose })}
    >
      <Stack gap="md">
        <p>
          Every reviewer, privacy person and operator is told at once. Within 24 hours somebody who did not write it
          says whether this was justified, and the release stays marked for ever. Findings that block still block, and
          guards stay.
        </p>
        <Select
          label="Version"
          allowDeselect={false}
          value={versionId}
          onChange={setVersionId}
          data={candidates.map(({ id, number, state }) => ({
            value: id,
            label: `v${number}, ${wordsOfVersion[state].toLowerCase()}`,
          }))}
          error={candidates.length === 0 ? "Only submitted content can be released so." : undefined}
        />
        <Select
          label="Environment"
          allowDeselect={false}
          value={environment}
          onChange={setEnvironment}
          data={environments.map(({ key, name }) => ({ value: key, label: name }))}
        />
        <TextInput
          label={`Type ${segment.key} to go on`}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {findings.length > 0 && <FindingList findings={findings} />}
      </Stack>
    </ConfirmDialog>
  );
}
