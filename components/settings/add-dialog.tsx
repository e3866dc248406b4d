"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { ErrorLine } from "@/components/ui/error-state";

type AddDialogProps = {
  /** "Add an attribute": names the button and the dialog. */
  readonly title: string;
  readonly children: (close: () => void) => ReactNode;
};

export function AddDialog({ title, children }: AddDialogProps) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="filled" onClick={dialog.open}>
        {title}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={title} size={520}>
        {children(dialog.close)}
      </Modal>
    </>
  );
}

type AddFormProps = {
  readonly onSubmit: (event: React.FormEvent<HTMLFormElement>) => void;
  readonly onClose: () => void;
  readonly pending: boolean;
  readonly error: unknown;
  readonly children: ReactNode;
};

export function AddForm({ onSubmit, onClose, pending, error, children }: AddFormProps) {
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        {children}
        <ErrorLine error={error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={pending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
