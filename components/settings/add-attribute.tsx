"use client";

import { Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { z } from "zod";
import { createAttributeSchema } from "@/lib/catalogue/contract";
import { createAttribute } from "@/lib/catalogue/mutations";
import { AddDialog, AddForm } from "./add-dialog";
import { optionsOf, typeWords } from "./catalogue-words";

export function AddAttribute() {
  return <AddDialog title="Add an attribute">{(close) => <AddAttributeForm onClose={close} />}</AddDialog>;
}

function AddAttributeForm({ onClose }: { readonly onClose: () => void }) {
  const create = useMutation(createAttribute);
  const form = useForm<z.input<typeof createAttributeSchema>>({
    initialValues: { key: "", name: "", type: "string", description: "", labels: [] },
    validate: schemaResolver(createAttributeSchema, { sync: true }),
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
      <Select label="Type" data={optionsOf(typeWords)} allowDeselect={false} {...form.getInputProps("type")} />
      <TagsInput
        label="Labels"
        description="What policies speak of: personal, special, no-export."
        {...form.getInputProps("labels")}
      />
      <Textarea label="What it means" autosize minRows={2} {...form.getInputProps("description")} />
    </AddForm>
  );
}
