"use client";

import { TextInput } from "@mantine/core";
import type { z } from "zod";
import type { AttributeItem, purposeItemSchema, regionItemSchema } from "@/lib/catalogue/contract";
import { reasonSchema } from "@/lib/changes/contract";
import { attributeStateSchema } from "@/lib/changes/kinds/attribute";
import { purposeStateSchema } from "@/lib/changes/kinds/purpose";
import { regionStateSchema } from "@/lib/changes/kinds/region";
import { proposal } from "@/lib/changes/mutations";
import { ArrivalField } from "./arrival-field";
import { DescriptionFields } from "./attribute-description";
import { ComputationPart } from "./computation-part";
import { PurposeFields, RegionFields } from "./guard-fields";
import { ProposeForm } from "./propose-form";

const reasoned = { reason: reasonSchema };
const attributeFormSchema = attributeStateSchema.extend(reasoned);
const purposeFormSchema = purposeStateSchema.extend(reasoned);
const regionFormSchema = regionStateSchema.extend(reasoned);

type ChangeProps<Item> = { readonly item: Item; readonly onClose: () => void };

export function ChangePurposeForm({ item, onClose }: ChangeProps<z.output<typeof purposeItemSchema>>) {
  const { key, name, lawfulBasis, description } = item;
  return (
    <ProposeForm<z.input<typeof purposeFormSchema>>
      schema={purposeFormSchema}
      initialValues={{ name, lawfulBasis, description, reason: "" }}
      mutation={proposal("purpose", key)}
      onClose={onClose}
    >
      {({ getInputProps }) => (
        <>
          <TextInput label="Name" data-autofocus required {...getInputProps("name")} />
          <PurposeFields propsOf={getInputProps} />
        </>
      )}
    </ProposeForm>
  );
}

export function ChangeRegionForm({ item, onClose }: ChangeProps<z.output<typeof regionItemSchema>>) {
  const { key, name, description } = item;
  return (
    <ProposeForm<z.input<typeof regionFormSchema>>
      schema={regionFormSchema}
      initialValues={{ name, description, reason: "" }}
      mutation={proposal("region", key)}
      onClose={onClose}
    >
      {({ getInputProps }) => (
        <>
          <TextInput label="Name" data-autofocus required {...getInputProps("name")} />
          <RegionFields propsOf={getInputProps} />
        </>
      )}
    </ProposeForm>
  );
}

/** All but its key, its type and where it comes from: those are what its values are stored as. */
export function ChangeAttributeForm({ item, onClose }: ChangeProps<AttributeItem>) {
  const { key, name, description, unit, labels, model, computation, arrivesEveryHours } = item;
  return (
    <ProposeForm<z.input<typeof attributeFormSchema>>
      schema={attributeFormSchema}
      initialValues={{ name, description, unit, labels, model, computation, arrivesEveryHours, reason: "" }}
      mutation={proposal("attribute", key)}
      onClose={onClose}
    >
      {(form) => (
        <>
          <TextInput label="Name" data-autofocus required {...form.getInputProps("name")} />
          {item.source === "score" && (
            <TextInput
              label="Model and its version"
              description="Approvals that stood on another model are void."
              required
              {...form.getInputProps("model")}
            />
          )}
          {item.source === "computed" && (
            <ComputationPart
              form={{
                computation: form.values.computation,
                errors: form.errors,
                propsOf: form.getInputProps,
                onComputation: (next) => form.setFieldValue("computation", next),
              }}
            />
          )}
          {item.source !== "computed" && (
            <ArrivalField
              value={form.values.arrivesEveryHours}
              onChange={(next) => form.setFieldValue("arrivesEveryHours", next)}
              error={form.errors.arrivesEveryHours}
            />
          )}
          <DescriptionFields
            propsOf={form.getInputProps}
            unit={form.values.unit}
            onUnit={(next) => form.setFieldValue("unit", next)}
          />
        </>
      )}
    </ProposeForm>
  );
}
