"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ErrorLine, ErrorState } from "@/components/ui/error-state";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { Version } from "@/lib/versions/contract";
import { rebase } from "@/lib/versions/mutations";
import { rebasePlanQuery } from "@/lib/versions/queries";
import type { RebasePlan } from "@/lib/versions/rebase-contract";
import { MergeSides } from "./merge-sides";
import { useMergeChoices } from "./use-merge-choices";

type RebaseDialogProps = {
  readonly versionId: string;
  readonly onClose: () => void;
  readonly onRebased: (version: Version) => void;
};

/** Puts the draft onto what is live: says what merges, and asks for what both changed. The draft must be saved. */
export function RebaseDialog({ versionId, onClose, onRebased }: RebaseDialogProps) {
  const { data, error, refetch } = useQuery(rebasePlanQuery(versionId));
  const plan = data?.plan;
  return (
    <Modal opened onClose={onClose} size={760} title={plan ? `Rebase onto v${plan.live.number}?` : "Rebase"}>
      {error ? (
        <ErrorState error={error} title="It could not be merged" onRetry={() => void refetch()} />
      ) : plan ? (
        <PlannedRebase
          key={`${plan.version.draftRevision} ${plan.live.number}`}
          plan={plan}
          onClose={onClose}
          onRebased={onRebased}
          onOutdated={() => void refetch()}
        />
      ) : plan === null ? (
        <p>This draft stands on what is live: there is nothing to rebase.</p>
      ) : (
        <TableSkeleton rows={4} />
      )}
    </Modal>
  );
}

type PlannedRebaseProps = Omit<RebaseDialogProps, "versionId"> & {
  readonly plan: RebasePlan;
  readonly onOutdated: () => void;
};

function PlannedRebase({ plan, onClose, onRebased, onOutdated }: PlannedRebaseProps) {
  const { version, live, base } = plan;
  const sides = { base: base?.document ?? null, live: live.document, draft: version.document };
  const { choices, choose, merge } = useMergeChoices(sides);
  const { mutate, isPending, error } = useMutation(rebase);
  const open = merge?.conflicts.length ?? 0;
  function confirm(): void {
    const input = { versionId: version.id, basedOn: version.draftRevision, onto: live.number, choices };
    mutate(input, { onSuccess: (answer) => onRebased(answer.version), onError: onOutdated });
  }
  return (
    <Stack gap="md">
      <p>
        Version {live.number} is live, and v{version.number} was opened from{" "}
        {base ? `v${base.number}` : "something else"}. What only one side changed merges; where both changed the same,
        choose whose stays. It begins a new round of review.
      </p>
      <MergeSides sides={sides} other={`v${live.number}, live`} choices={choices} onChoose={choose} />
      <ErrorLine error={error} />
      <Group justify="flex-end" gap="sm">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="filled" disabled={open > 0} loading={isPending} onClick={confirm}>
          Rebase onto v{live.number}
        </Button>
      </Group>
    </Stack>
  );
}
