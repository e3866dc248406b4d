"use client";

import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { ErrorLine } from "./error-state";

type ConfirmDialogProps = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A question that names the thing: "Empty Fraud hold in production?" */
  readonly title: string;
  /** What it will do, to how many, and whether it can be taken back. */
  readonly children: ReactNode;
  /** The verb: "Empty it", "Roll back to v5". */
  readonly confirm: string;
  readonly destructive?: boolean;
  /** Asks for a reason under this label and hands it over. */
  readonly reason?: string;
  /** Reasons to take with one click; whoever means something else types it. */
  readonly reasons?: readonly string[];
  readonly disabled?: boolean;
  readonly pending?: boolean;
  readonly error?: unknown;
  readonly onConfirm: (reason: string) => void;
};

/** Before anything that others will feel. Enter confirms only once a reason is given where one is asked for. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size={460}>
      <ConfirmForm {...props} />
    </Modal>
  );
}

function ConfirmForm(props: ConfirmDialogProps) {
  const [reason, setReason] = useState("");
  const lacksReason = props.reason !== undefined && reason.trim() === "";
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!lacksReason && !props.disabled) props.onConfirm(reason.trim());
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>{props.children}</div>
        {props.reason !== undefined && (
          <Textarea
            label={props.reason}
            required
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {props.reasons && (
          <Group gap="xs">
            {props.reasons.map((each) => (
              <Button key={each} size="xs" aria-pressed={reason === each} onClick={() => setReason(each)}>
                {each}
              </Button>
            ))}
          </Group>
        )}
        <ErrorLine error={props.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="filled"
            {...(props.destructive ? { color: "red" } : {})}
            disabled={lacksReason || props.disabled === true}
            loading={props.pending ?? false}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
