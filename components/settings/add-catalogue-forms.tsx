"use client";

import { Select, Textarea } from "@mantine/core";
import { AddForm } from "@/components/ui/add-dialog";
import { NameAndKey } from "@/components/ui/name-and-key";
import { createPurposeSchema, createRegionSchema } from "@/lib/catalogue/contract";
import { createPurpose, createRegion } from "@/lib/catalogue/mutations";
import { basisWords, optionsOf } from "./catalogue-words";

type AddProps = { readonly onClose: () => void };

export function AddPurposeForm({ onClose }: AddProps) {
  return (
    <AddForm
      schema={createPurposeSchema}
      initialValues={{ key: "", name: "", lawfulBasis: "consent", description: "" }}
      mutation={createPurpose}
      onClose={onClose}
    >
      {({ getInputProps }) => (
        <>
          <NameAndKey propsOf={getInputProps} />
          <Select
            label="Rests on"
            description="With consent, only customers who granted it can be members; otherwise all who did not object."
            data={optionsOf(basisWords)}
            allowDeselect={false}
            {...getInputProps("lawfulBasis")}
          />
          <Textarea label="What it means" autosize minRows={2} {...getInputProps("description")} />
        </>
      )}
    </AddForm>
  );
}

export function AddRegionForm({ onClose }: AddProps) {
  return (
    <AddForm
      schema={createRegionSchema}
      initialValues={{ key: "", name: "", description: "" }}
      mutation={createRegion}
      onClose={onClose}
    >
      {({ getInputProps }) => (
        <>
          <NameAndKey propsOf={getInputProps} />
          <Textarea label="What it covers" autosize minRows={2} {...getInputProps("description")} />
        </>
      )}
    </AddForm>
  );
}
