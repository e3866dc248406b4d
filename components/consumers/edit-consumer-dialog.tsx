"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { Names } from "@/components/layout/use-names";
import { ErrorLine } from "@/components/ui/error-state";
import { type ConsumerItem, updateConsumerSchema } from "@/lib/feed/contract";
import { updateConsumer } from "@/lib/feed/mutations";
import { ConsumerFields } from "./consumer-fields";

type EditConsumerDialogProps = {
  readonly consumer: ConsumerItem;
  readonly names: Names;
  readonly opened: boolean;
  readonly onClose: () => void;
};

export function EditConsumerDialog({ consumer, names, opened, onClose }: EditConsumerDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={consumer.name} size={480}>
      <EditConsumerForm consumer={consumer} names={names} onClose={onClose} />
    </Modal>
  );
}

function EditConsumerForm({ consumer, names, onClose }: Omit<EditConsumerDialogProps, "opened">) {
  const { id, name, description, team, format, location, delivery, pollSeconds } = consumer;
  const update = useMutation(updateConsumer);
  const form = useForm({
    initialValues: { name, description, team, format, location, delivery, pollSeconds },
    validate: schemaResolver(updateConsumerSchema, { sync: true }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => update.mutate({ id, ...values }, { onSuccess: onClose }))}>
      <Stack gap="md">
        <ConsumerFields
          propsOf={form.getInputProps}
          format={form.values.format}
          delivery={form.values.delivery}
          teams={[...names.teams].map(([value, label]) => ({ value, label }))}
          regions={[...names.regions].map(([value, label]) => ({ value, label }))}
          staysLocated={location !== null}
        />
        {form.values.format !== format && (
          <div>Its keys stay. From the next release on, what this format cannot say is refused.</div>
        )}
        <ErrorLine error={update.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={update.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
