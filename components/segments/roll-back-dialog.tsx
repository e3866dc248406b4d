"use client";

import { Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatDay } from "@/components/ui/instant-format";
import { formatCount } from "@/components/ui/number-format";
import { earlierReleases } from "@/lib/releases/earlier-releases";
import { rollBack } from "@/lib/releases/mutations";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { EnvironmentChoice, preferredEnvironment } from "./environment-choice";

const usualReasons = ["Too many customers moved", "A consumer cannot take it", "Released by mistake"];

type DialogProps = {
  readonly overview: SegmentOverview;
  /** Where, unless somebody chooses; production where it is served there. */
  readonly environment?: string;
  readonly onClose: () => void;
};

/** Serves an earlier version again; its content was approved, so it needs a reason and no new review. */
export function RollBackDialog({ overview, environment: given, onClose }: DialogProps) {
  const { segment, live, releases } = overview;
  const environments = Object.keys(live);
  const [environment, setEnvironment] = useState(given ?? preferredEnvironment(environments));
  const earlier = earlierReleases(releases, environment);
  const [wanted, setWanted] = useState<string | null>(null);
  const target = earlier.find((release) => String(release.version.number) === wanted) ?? earlier[0];
  const { mutate, isPending, error } = useMutation(rollBack);
  const current = live[environment];
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Roll ${segment.name} back in ${environment}?`}
      confirm={target ? `Roll back to v${target.version.number}` : "Nothing to go back to"}
      reason="Why"
      reasons={usualReasons}
      pending={isPending}
      error={error}
      onConfirm={(reason) =>
        target &&
        mutate({ key: segment.key, environment, toVersion: target.version.number, reason }, { onSuccess: onClose })
      }
    >
      {environments.length > 1 && (
        <EnvironmentChoice environments={environments} value={environment} onChange={setEnvironment} />
      )}
      <Select
        label="Back to"
        my="md"
        allowDeselect={false}
        value={target ? String(target.version.number) : null}
        onChange={setWanted}
        data={earlier.map((release) => ({
          value: String(release.version.number),
          label: `v${release.version.number}, served from ${formatDay(release.createdAt)}`,
        }))}
        error={earlier.length === 0 ? "No other version was ever served here." : undefined}
      />
      {target && (
        <p>
          v{target.version.number} takes the place of v{current?.version.number}
          {target.members !== null && `; it had ${formatCount(target.members, "member")} when it was last released`}. It
          is counted anew over the customers of today.
        </p>
      )}
    </ConfirmDialog>
  );
}
