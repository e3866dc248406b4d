"use client";

import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { mergeCustomers, previewMerge } from "@/lib/customers/mutations";
import { MergeEffect } from "./merge-effect";

type MergeDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly from: string;
  readonly environment: string;
};

export function MergeDialog({ opened, onClose, ...merging }: MergeDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Merge ${merging.from} into another customer`} size={560}>
      <MergeForm onClose={onClose} {...merging} />
    </Modal>
  );
}

/** What it does is shown first, and only for what was shown it is done. */
function MergeForm({ onClose, from, environment }: Omit<MergeDialogProps, "opened">) {
  const router = useRouter();
  const [into, setInto] = useState("");
  const [reason, setReason] = useState("");
  const preview = useMutation(previewMerge);
  const merge = useMutation(mergeCustomers);
  const shown = preview.data?.into === into.trim() ? preview.data : undefined;
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!shown) preview.mutate({ from, into: into.trim(), environment });
    else merge.mutate({ from, into: shown.into, reason }, { onSuccess: () => router.push(hrefOf(shown.into)) });
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Into the customer"
          description="Who stays. Their values win; what they lack comes from the other."
          required
          data-autofocus
          value={into}
          onChange={(event) => setInto(event.currentTarget.value)}
        />
        {shown && <MergeEffect preview={shown} />}
        {shown && (
          <Textarea
            label="Why they are the same person"
            required
            minLength={3}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <ErrorLine error={merge.error ?? preview.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={preview.isPending || merge.isPending}>
            {shown ? "Merge them" : "Show what it does"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function hrefOf(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}
