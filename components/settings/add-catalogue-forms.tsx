"use client";

import { AddForm } from "@/components/ui/add-dialog";
import { NameAndKey } from "@/components/ui/name-and-key";
import { createPurposeSchema, createRegionSchema } from "@/lib/catalogue/contract";
import { createPurpose, createRegion } from "@/lib/catalogue/mutations";
import { PurposeFields, RegionFields } from "./guard-fields";

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
          <PurposeFields propsOf={getInputProps} />
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
          <RegionFields propsOf={getInputProps} />
        </>
      )}
    </AddForm>
  );
}
