"use client";

import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { useCan } from "@/components/layout/viewer";
import type { Finding } from "@/lib/findings";
import { endWaiver, grantWaiver } from "@/lib/guards/mutations";
import { waiverListQuery } from "@/lib/guards/queries";
import { isWaivable, isWaivableCode } from "@/lib/guards/waiver";
import { grantWaiverSchema } from "@/lib/guards/waiver-contract";
import { ConfirmDialog } from "./confirm-dialog";
import { ErrorLine } from "./error-state";
import { UtcPicker } from "./utc-picker";

type WaiverActionProps = { readonly segment: string; readonly finding: Finding };

/** Beside a finding, for who may answer for it: to waive it until a day, or to end that. */
export function WaiverAction({ segment, finding }: WaiverActionProps) {
  const mayWaive = useCan("guard.write");
  if (!mayWaive || !isWaivableCode(finding.code)) return null;
  return isWaivable(finding) ? (
    <Waive segment={segment} finding={finding} />
  ) : (
    <EndWaiver segment={segment} finding={finding} />
  );
}

function Waive({ segment, finding }: WaiverActionProps) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={dialog.open}>
        Waive…
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Waive this finding" size={460}>
        <WaiverForm segment={segment} finding={finding} onClose={dialog.close} />
      </Modal>
    </>
  );
}

function WaiverForm({ segment, finding, onClose }: WaiverActionProps & { readonly onClose: () => void }) {
  const grant = useMutation(grantWaiver);
  const form = useForm<z.input<typeof grantWaiverSchema>>({
    initialValues: { segment, findingCode: finding.code, path: finding.path, reason: "", until: "" },
    validate: schemaResolver(grantWaiverSchema, { sync: true }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => grant.mutate(values, { onSuccess: onClose }))}>
      <Stack gap="md">
        <div>{finding.message} You answer for it until the day that you name; then it blocks again.</div>
        <Textarea label="Reason" required data-autofocus autosize minRows={2} {...form.getInputProps("reason")} />
        <UtcPicker
          label="Until"
          description="At most a year from now."
          required
          value={form.values.until || null}
          onChange={(until) => form.setFieldValue("until", until ?? "")}
          error={form.errors.until}
        />
        <ErrorLine error={grant.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={grant.isPending}>
            Waive it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function EndWaiver({ segment, finding }: WaiverActionProps) {
  const [opened, dialog] = useDisclosure(false);
  const waivers = useQuery(waiverListQuery(segment)).data?.items ?? [];
  const end = useMutation(endWaiver);
  const waiver = waivers.find(
    ({ findingCode, path, ended }) => findingCode === finding.code && path === finding.path && ended === null,
  );
  if (!waiver) return null;
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={dialog.open}>
        End the waiver
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title="End this waiver?"
        confirm="End it"
        destructive
        pending={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate({ id: waiver.id }, { onSuccess: dialog.close })}
      >
        The finding blocks again at once. What is live stays live.
      </ConfirmDialog>
    </>
  );
}
