"use client";

import { ActionIcon, Button, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconX } from "@tabler/icons-react";
import type { z } from "zod";
import { AddForm } from "@/components/ui/add-dialog";
import { NameAndKey } from "@/components/ui/name-and-key";
import { createEventTypeSchema } from "@/lib/events/contract";
import { createEventType } from "@/lib/events/mutations";
import { optionsOf, propertyTypeWords } from "./catalogue-words";
import styles from "./settings.module.css";

type EventTypeInput = z.input<typeof createEventTypeSchema>;

export function AddEventTypeForm({ onClose }: { readonly onClose: () => void }) {
  return (
    <AddForm
      schema={createEventTypeSchema}
      initialValues={{ key: "", name: "", description: "", properties: [] }}
      mutation={createEventType}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameAndKey propsOf={form.getInputProps} />
          <Textarea label="What happens" autosize minRows={2} {...form.getInputProps("description")} />
          <Properties form={form} />
        </>
      )}
    </AddForm>
  );
}

/** What each such event tells besides who and when. */
function Properties({ form }: { readonly form: UseFormReturnType<EventTypeInput> }) {
  const properties = form.values.properties ?? [];
  return (
    <fieldset className={styles.computation}>
      <legend className={styles.legend}>What it tells, besides who and when</legend>
      {properties
        .map((_property, index) => ({ index, number: index + 1 }))
        .map(({ index, number }) => (
          <div key={number} className={styles.property}>
            <TextInput
              aria-label={`Name of property ${number}`}
              placeholder="Amount"
              {...form.getInputProps(`properties.${index}.name`)}
            />
            <TextInput
              aria-label={`Key of property ${number}`}
              placeholder="amount"
              {...form.getInputProps(`properties.${index}.key`)}
            />
            <Select
              aria-label={`Type of property ${number}`}
              data={optionsOf(propertyTypeWords)}
              allowDeselect={false}
              {...form.getInputProps(`properties.${index}.type`)}
            />
            <TagsInput
              aria-label={`Labels of property ${number}`}
              placeholder="personal"
              data={["personal", "special"]}
              {...form.getInputProps(`properties.${index}.labels`)}
            />
            <ActionIcon
              size={24}
              aria-label={`Remove property ${number}`}
              onClick={() => form.removeListItem("properties", index)}
            >
              <IconX size={14} stroke={1.6} />
            </ActionIcon>
          </div>
        ))}
      {form.errors.properties && <div className={styles.wrong}>{form.errors.properties}</div>}
      <div>
        <Button
          size="xs"
          onClick={() => form.insertListItem("properties", { key: "", name: "", type: "number", labels: [] })}
        >
          Add a property
        </Button>
      </div>
    </fieldset>
  );
}
