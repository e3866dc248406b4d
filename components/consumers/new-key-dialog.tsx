"use client";

import { Button, Group, Modal, MultiSelect, Select, Stack } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { ErrorLine } from "@/components/ui/error-state";
import { purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import { type ConsumerItem, createKeySchema, keyRights } from "@/lib/feed/contract";
import { createKey } from "@/lib/feed/mutations";
import { environmentListQuery } from "@/lib/releases/queries";
import { SecretShown } from "./secret-shown";

type NewKeyDialogProps = { readonly opened: boolean; readonly onClose: () => void; readonly consumer: ConsumerItem };

export function NewKeyDialog({ opened, onClose, consumer }: NewKeyDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`A key for ${consumer.name}`} size={560}>
      <NewKeyForm consumer={consumer} onClose={onClose} />
    </Modal>
  );
}

type KeyValues = z.input<typeof createKeySchema>;

function NewKeyForm({ consumer, onClose }: Omit<NewKeyDialogProps, "opened">) {
  const environments = useQuery(environmentListQuery()).data?.items ?? [];
  const purposes = useQuery(purposeListQuery()).data?.items ?? [];
  const regions = useQuery(regionListQuery()).data?.items ?? [];
  const create = useMutation(createKey);
  const form = useForm<KeyValues>({
    initialValues: { environment: "production", regions: [], purposes: [], rights: ["definitions"] },
    validate: schemaResolver(createKeySchema, { sync: true }),
  });
  if (create.data) return <SecretShown made={create.data} onClose={onClose} />;
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate({ consumerId: consumer.id, ...values }))}>
      <Stack gap="md">
        <Select
          label="Environment"
          allowDeselect={false}
          data={environments.map((each) => ({ value: each.key, label: each.name }))}
          {...form.getInputProps("environment")}
        />
        <MultiSelect
          label="Regions"
          description="Only segments and customers of these regions leave with this key."
          data={regions.map((each) => ({ value: each.key, label: each.name }))}
          {...form.getInputProps("regions")}
        />
        <MultiSelect
          label="Purposes"
          description="Only segments used for these purposes."
          data={purposes.map((each) => ({ value: each.key, label: each.name }))}
          {...form.getInputProps("purposes")}
        />
        <MultiSelect label="Rights" data={[...keyRights]} {...form.getInputProps("rights")} />
        <ErrorLine error={create.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            Create the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
