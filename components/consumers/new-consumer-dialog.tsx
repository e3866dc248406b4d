"use client";

import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useViewer } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { createConsumerSchema } from "@/lib/feed/contract";
import { createConsumer } from "@/lib/feed/mutations";

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
  const create = useMutation(createConsumer);
  const form = useForm({
    initialValues: { name: "", key: "", description: "", team: team ?? undefined },
    validate: schemaResolver(createConsumerSchema, { sync: true }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values, { onSuccess: onClose }))}>
      <Stack gap="md">
        <TextInput label="Name" placeholder="EU gateway" data-autofocus required {...form.getInputProps("name")} />
        <TextInput
          label="Key"
          description="How it is called in answers and records; it cannot be changed later."
          placeholder="gateway-eu"
          required
          {...form.getInputProps("key")}
        />
        <Textarea label="What it does with the segments" autosize minRows={2} {...form.getInputProps("description")} />
        {team && (
          <Select
            label="Owner"
            data={[{ value: team, label: `${team} team` }]}
            clearable
            {...form.getInputProps("team")}
          />
        )}
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
