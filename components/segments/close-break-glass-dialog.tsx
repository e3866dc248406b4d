"use client";

import { Radio } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { breakGlassOutcomes } from "@/lib/releases/break-glass-contract";
import type { Release } from "@/lib/releases/contract";
import { closeBreakGlass } from "@/lib/releases/mutations";

type Outcome = (typeof breakGlassOutcomes)[number];

const words = {
  justified: {
    label: "Justified",
    description: "It could not wait. It may be rolled back to like an approved version.",
  },
  not_justified: { label: "Not justified", description: "It should not have been done. An operator rolls it back." },
} as const satisfies Record<Outcome, { label: string; description: string }>;

type DialogProps = { readonly release: Release; readonly onClose: () => void };

/** Once and for good, what somebody else thinks of a release without its approvals. */
export function CloseBreakGlassDialog({ release, onClose }: DialogProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { mutate, isPending, error } = useMutation(closeBreakGlass);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Was the release of v${release.version.number} justified?`}
      confirm="Close the review"
      reason="What you found"
      disabled={outcome === null}
      pending={isPending}
      error={error}
      onConfirm={(comment) => outcome && mutate({ releaseId: release.id, outcome, comment }, { onSuccess: onClose })}
    >
      <Radio.Group
        aria-label="Outcome"
        value={outcome}
        onChange={(value) => setOutcome(breakGlassOutcomes.find((each) => each === value) ?? null)}
      >
        {breakGlassOutcomes.map((each) => (
          <Radio key={each} value={each} mb="xs" {...words[each]} />
        ))}
      </Radio.Group>
    </ConfirmDialog>
  );
}
