"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Version } from "@/lib/versions/contract";
import { withdraw } from "@/lib/versions/mutations";

type WithdrawDialogProps = { readonly opened: boolean; readonly onClose: () => void; readonly version: Version };

export function WithdrawDialog({ opened, onClose, version }: WithdrawDialogProps) {
  const router = useRouter();
  const { mutate, error, isPending } = useMutation(withdraw);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Withdraw version ${version.number}?`}
      confirm="Withdraw it"
      destructive
      reason="Why"
      pending={isPending}
      error={error}
      onConfirm={(note) =>
        mutate(
          { versionId: version.id, note },
          { onSuccess: () => router.push(`/segments/${encodeURIComponent(version.segmentKey)}`) },
        )
      }
    >
      It leaves review and no longer waits for anyone. What is live stays as it is; its content stays in the list of
      versions.
    </ConfirmDialog>
  );
}
