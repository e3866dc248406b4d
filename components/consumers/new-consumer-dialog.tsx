"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useViewer } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { regionListQuery } from "@/lib/catalogue/queries";
import { createConsumerSchema } from "@/lib/feed/contract";
import type { Delivery } from "@/lib/feed/lag";
import { createConsumer } from "@/lib/feed/mutations";
import type { ReadFormat } from "@/lib/rules/formats";
import { ConsumerFields } from "./consumer-fields";

type NewConsumerDialogProps = { readonly opened: boolean; readonly onClose: () => void };

export function NewConsumerDialog({ opened, onClose }: NewConsumerDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Register a consumer" size={480}>
      <NewConsumerForm onClose={onClose} />
    </Modal>
  );
}

function NewConsumerForm({ onClose }: { readonly onClose: () => void }) {
  const { team } = useViewer();
  const regions = useQuery(regionListQuery()).data?.items ?? [];
  const create = useMutation(createConsumer);
  const form = useForm({
    initialValues: {
      ...{ name: "", key: "", description: "", format: "tree" as ReadFormat, team: team ?? undefined },
      ...{ location: null as string | null, delivery: "poll" as Delivery, pollSeconds: 60 },
    },
    validate: schemaResolver(createConsumerSchema, { sync: true }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values, { onSuccess: onClose }))}>
      <Stack gap="md">
        <ConsumerFields
          propsOf={form.getInputProps}
          format={form.values.format}
          delivery={form.values.delivery}
          teams={team ? [{ value: team, label: `${team} team` }] : []}
          regions={regions.map(({ key, name }) => ({ value: key, label: name }))}
          withKey
        />
        <ErrorLine error={create.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            Register
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
