"use client";

import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { Mono } from "@/components/ui/mono";
import type { ConsumerKeyItem } from "@/lib/feed/contract";
import { rotateKey } from "@/lib/feed/mutations";
import { SecretShown } from "./secret-shown";

type RotateKeyDialogProps = {
  readonly apiKey: ConsumerKeyItem;
  readonly consumerName: string;
  readonly opened: boolean;
  readonly onClose: () => void;
};

const overlaps = [
  { value: "0", label: "not at all: the old one ends now" },
  { value: "1", label: "for an hour" },
  { value: "24", label: "for a day" },
  { value: "72", label: "for 3 days" },
  { value: "168", label: "for a week" },
];

export function RotateKeyDialog({ opened, onClose, consumerName, apiKey }: RotateKeyDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Rotate this key of ${consumerName}`} size={560}>
      <RotateKeyForm apiKey={apiKey} onClose={onClose} />
    </Modal>
  );
}

function RotateKeyForm({ apiKey, onClose }: Pick<RotateKeyDialogProps, "apiKey" | "onClose">) {
  const [hours, setHours] = useState("24");
  const rotate = useMutation(rotateKey);
  if (rotate.data) return <SecretShown made={rotate.data} onClose={onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate({ id: apiKey.id, overlapHours: Number(hours) });
      }}
    >
      <Stack gap="md">
        <div>
          A new key takes the place of <Mono>{apiKey.hint}…</Mono>, with the same environment, regions, purposes and
          rights. Put it where the old one is; the old one then ends by itself.
        </div>
        <Select
          label="Both are good"
          data={overlaps}
          allowDeselect={false}
          value={hours}
          onChange={(value) => setHours(value ?? "24")}
        />
        <ErrorLine error={rotate.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={rotate.isPending}>
            Rotate it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
