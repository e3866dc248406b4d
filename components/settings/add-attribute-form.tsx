"use client";

import { Input, SegmentedControl, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { AddForm } from "@/components/ui/add-dialog";
import { NameAndKey } from "@/components/ui/name-and-key";
import { createAttributeSchema } from "@/lib/catalogue/contract";
import type { AttributeSource } from "@/lib/catalogue/definition";
import { createAttribute } from "@/lib/catalogue/mutations";
import { typeChoices } from "@/lib/catalogue/type-words";
import { eventTypeListQuery } from "@/lib/events/queries";
import { DescriptionFields } from "./attribute-description";
import { optionsOf, sourceWords } from "./catalogue-words";
import { blankComputation, type ComputationForm, type EventTypes, resultingType } from "./computation-input";
import { ComputationPart } from "./computation-part";

export type AttributeInput = z.input<typeof createAttributeSchema>;
type AttributeForm = UseFormReturnType<AttributeInput>;

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
          <DescriptionFields
            propsOf={form.getInputProps}
            unit={form.values.unit}
            onUnit={(unit) => form.setFieldValue("unit", unit)}
          />
        </>
      )}
    </AddForm>
  );
}

function computationForm(form: AttributeForm): ComputationForm {
  return {
    computation: form.values.computation,
    errors: form.errors,
    propsOf: form.getInputProps,
    onComputation: (computation) => form.setFieldValue("computation", computation),
  };
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
        <ComputationPart form={computationForm(form)} />
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
