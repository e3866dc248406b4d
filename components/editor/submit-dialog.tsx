"use client";

import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { FindingList } from "@/components/ui/finding-list";
import { formatNumber } from "@/components/ui/number-format";
import { isApiProblem } from "@/lib/http/fetch-json";
import type { Preview } from "@/lib/previews/contract";
import type { Version } from "@/lib/versions/contract";
import { submit } from "@/lib/versions/mutations";

type SubmitDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly version: Version;
  readonly preview: Preview | null;
  /** True once nothing is left unsaved. */
  readonly onBeforeSubmit: () => Promise<boolean>;
};

/** Puts the version before reviewers, or says at once everything that is in the way. */
export function SubmitDialog({ opened, onClose, version, preview, onBeforeSubmit }: SubmitDialogProps) {
  const router = useRouter();
  const [note, setNote] = useState(version.note);
  const [unsaved, setUnsaved] = useState(false);
  const { mutate, error, isPending, reset } = useMutation(submit);
  const findings = isApiProblem(error) ? error.findings : [];
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const saved = await onBeforeSubmit();
    setUnsaved(!saved);
    if (!saved) return;
    const input = { versionId: version.id, ...(note.trim() ? { note: note.trim() } : {}) };
    mutate(input, { onSuccess: () => router.push(`/reviews/${version.id}`) });
  }
  function close(): void {
    reset();
    onClose();
  }
  return (
    <Modal opened={opened} onClose={close} title={`Submit version ${version.number} for review`} size={520}>
      <form onSubmit={send}>
        <Stack gap="md">
          <p>{effectOf(preview)} The numbers are frozen with the version as the reviewers’ evidence.</p>
          <Textarea
            label="What changes, and why"
            data-autofocus
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {unsaved && <p role="alert">The draft is not saved yet, so it cannot be submitted. See the top right.</p>}
          {findings.length > 0 ? (
            <section aria-label="In the way" role="alert">
              <FindingList findings={findings} />
            </section>
          ) : (
            <ErrorLine error={error} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" variant="filled" loading={isPending}>
              Submit for review
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function effectOf(preview: Preview | null): string {
  if (!preview) return "It could not be counted.";
  const { impact, members } = preview;
  if (!impact) return `It has ${formatNumber(members)} members; nothing is live yet.`;
  return `Against v${impact.live.version} live, ${formatNumber(impact.entering)} enter and ${formatNumber(impact.leaving)} leave; ${formatNumber(members)} are members.`;
}
