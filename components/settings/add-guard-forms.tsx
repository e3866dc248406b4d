"use client";

import { Select, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { z } from "zod";
import { createPurposeSchema, createRegionSchema } from "@/lib/catalogue/contract";
import { createPurpose, createRegion } from "@/lib/catalogue/mutations";
import { AddForm } from "./add-dialog";
import { basisWords, optionsOf } from "./catalogue-words";

export function AddPurposeForm({ onClose }: { readonly onClose: () => void }) {
  const create = useMutation(createPurpose);
  const form = useForm<z.input<typeof createPurposeSchema>>({
    initialValues: { key: "", name: "", lawfulBasis: "consent", description: "" },
    validate: schemaResolver(createPurposeSchema, { sync: true }),
  });
  return (
    <AddForm
      onSubmit={form.onSubmit((values) => create.mutate(values, { onSuccess: onClose }))}
      onClose={onClose}
      pending={create.isPending}
      error={create.error}
    >
      <TextInput label="Name" data-autofocus required {...form.getInputProps("name")} />
      <TextInput label="Key" description="a-z, 0-9, _ and -" required {...form.getInputProps("key")} />
      <Select
        label="Rests on"
        description="With consent, only customers who granted it can be members; otherwise all who did not object."
        data={optionsOf(basisWords)}
        allowDeselect={false}
        {...form.getInputProps("lawfulBasis")}
      />
      <Textarea label="What it means" autosize minRows={2} {...form.getInputProps("description")} />
    </AddForm>
  );
}

export function AddRegionForm({ onClose }: { readonly onClose: () => void }) {
  const create = useMutation(createRegion);
  const form = useForm<z.input<typeof createRegionSchema>>({
    initialValues: { key: "", name: "", description: "" },
    validate: schemaResolver(createRegionSchema, { sync: true }),
  });
  return (
    <AddForm
      onSubmit={form.onSubmit((values) => create.mutate(values, { onSuccess: onClose }))}
      onClose={onClose}
      pending={create.isPending}
      error={create.error}
    >
      <TextInput label="Name" data-autofocus required {...form.getInputProps("name")} />
      <TextInput label="Key" description="a-z, 0-9, _ and -" required {...form.getInputProps("key")} />
      <Textarea label="What it covers" autosize minRows={2} {...form.getInputProps("description")} />
    </AddForm>
  );
}
