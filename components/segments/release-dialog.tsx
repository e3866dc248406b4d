"use client";

import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { FindingList } from "@/components/ui/finding-list";
import { ReleaseFields, releaseCaption } from "@/components/ui/release-timing";
import { wordsOfVersion } from "@/components/ui/version-state";
import { isApiProblem } from "@/lib/http/fetch-json";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { useRelease } from "@/lib/releases/use-release";
import { reviewQuery } from "@/lib/versions/queries";

type DialogProps = { readonly overview: SegmentOverview; readonly onClose: () => void };

/** Sends a version to an environment: now or at an instant, whole, to a share of customers or in steps. */
export function ReleaseDialog({ overview, onClose }: DialogProps) {
  const candidates = overview.versions.filter(
    ({ state }) => state === "approved" || state === "in_review" || state === "released",
  );
  const [versionId, setVersionId] = useState(candidates[0]?.id ?? overview.shown.id);
  const review = useQuery(reviewQuery(versionId)).data;
  const form = useRelease(review, onClose);
  const { error } = form;
  function send(event: FormEvent): void {
    event.preventDefault();
    form.send();
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
          <ReleaseFields form={form} />
          {findings.length > 0 ? <FindingList findings={findings} /> : <ErrorLine error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" loading={form.isPending} disabled={!form.canSend}>
              {releaseCaption(form, review?.version.number)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
