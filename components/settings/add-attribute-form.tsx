"use client";

import { Input, SegmentedControl, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { AddForm } from "@/components/ui/add-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { NameAndKey } from "@/components/ui/name-and-key";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { createAttributeSchema } from "@/lib/catalogue/contract";
import type { AttributeSource } from "@/lib/catalogue/definition";
import { createAttribute } from "@/lib/catalogue/mutations";
import { typeChoices } from "@/lib/catalogue/type-words";
import { eventTypeListQuery } from "@/lib/events/queries";
import { optionsOf, sourceWords } from "./catalogue-words";
import { ComputationFields } from "./computation-fields";
import { blankComputation, type EventTypes, resultingType } from "./computation-input";

export type AttributeInput = z.input<typeof createAttributeSchema>;
export type AttributeForm = UseFormReturnType<AttributeInput>;

const blank: AttributeInput = { key: "", name: "", type: "string", source: "stored", description: "", labels: [] };

/** A value that data brings, one that follows from events, or a model's score. */
export function AddAttributeForm({ onClose }: { readonly onClose: () => void }) {
  const eventTypes = useQuery(eventTypeListQuery()).data?.items ?? [];
  return (
    <AddForm
      schema={createAttributeSchema}
      initialValues={blank}
      mutation={createAttribute}
      prepare={(values) => ({ ...values, type: resultingType(values.computation, eventTypes) ?? values.type })}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameAndKey propsOf={form.getInputProps} />
          <SourceFields form={form} eventTypes={eventTypes} />
          <TextInput
            label="Unit"
            placeholder="EUR"
            description="Shown behind its values."
            {...form.getInputProps("unit")}
            value={form.values.unit ?? ""}
            onChange={(event) => form.setFieldValue("unit", event.currentTarget.value || undefined)}
          />
          <TagsInput
            label="Labels"
            description="What policies speak of: personal, special, no-export."
            {...form.getInputProps("labels")}
          />
          <Textarea label="What it means" autosize minRows={2} {...form.getInputProps("description")} />
        </>
      )}
    </AddForm>
  );
}

function Computation({ form }: { readonly form: AttributeForm }) {
  const { data, error, refetch } = useQuery(eventTypeListQuery());
  if (data) return <ComputationFields form={form} eventTypes={data.items} />;
  if (!error) return <TableSkeleton rows={3} />;
  return <ErrorState error={error} title="The event types could not be read" onRetry={() => void refetch()} />;
}

type SourceFieldsProps = { readonly form: AttributeForm; readonly eventTypes: EventTypes };

function SourceFields({ form, eventTypes }: SourceFieldsProps) {
  const source = form.values.source ?? "stored";
  return (
    <>
      <Input.Wrapper label="Where it comes from" labelElement="div">
        <SegmentedControl
          aria-label="Where it comes from"
          fullWidth
          value={source}
          onChange={(next) => form.setValues(sourceInput(next, eventTypes))}
          data={optionsOf(sourceWords)}
        />
      </Input.Wrapper>
      {source === "computed" ? (
        <Computation form={form} />
      ) : (
        <Select label="Type" data={typeChoices} allowDeselect={false} {...form.getInputProps("type")} />
      )}
      {source === "score" && (
        <TextInput
          label="Model and its version"
          placeholder="churn-v12"
          description="A new version of the model is a new attribute: rules say which one they mean."
          required
          {...form.getInputProps("model")}
          value={form.values.model ?? ""}
        />
      )}
    </>
  );
}

/** What a source asks for begins blank, and what it has no use for goes. */
function sourceInput(next: string, eventTypes: EventTypes): Partial<AttributeInput> {
  const source: AttributeSource = next === "computed" || next === "score" ? next : "stored";
  return {
    source,
    model: undefined,
    computation: source === "computed" ? blankComputation(eventTypes) : undefined,
    ...(source === "stored" ? {} : { type: "number" }),
  };
}
