"use client";

import { TagsInput, Textarea, TextInput } from "@mantine/core";
import { AddForm } from "@/components/ui/add-dialog";
import { UtcPicker } from "@/components/ui/utc-picker";
import { addModelVersionSchema, registerModelSchema } from "@/lib/scores/contract";
import { addModelVersion, registerModel } from "@/lib/scores/mutations";

type FormProps = { readonly onClose: () => void };

export function RegisterModelForm({ onClose }: FormProps) {
  return (
    <AddForm
      schema={registerModelSchema}
      initialValues={{ key: "", name: "", description: "", ownerTeam: undefined as string | undefined }}
      mutation={registerModel}
      onClose={onClose}
    >
      {({ getInputProps, setFieldValue, values }) => (
        <>
          <TextInput label="Name" required data-autofocus {...getInputProps("name")} />
          <TextInput
            label="Key"
            required
            description="With a version behind it, it is what a score says of its model: churn-v12."
            {...getInputProps("key")}
          />
          <TextInput
            label="Owning team"
            {...getInputProps("ownerTeam")}
            value={values.ownerTeam ?? ""}
            onChange={({ currentTarget: { value } }) => setFieldValue("ownerTeam", value || undefined)}
          />
          <Textarea label="What it says" autosize minRows={2} {...getInputProps("description")} />
        </>
      )}
    </AddForm>
  );
}

export function ModelVersionForm({ modelKey, onClose }: FormProps & { readonly modelKey: string }) {
  return (
    <AddForm
      schema={addModelVersionSchema}
      initialValues={{ version: "", trainedAt: undefined as string | undefined, features: [] as string[], notes: "" }}
      mutation={addModelVersion(modelKey)}
      onClose={onClose}
    >
      {({ getInputProps, setFieldValue, values }) => (
        <>
          <TextInput label="Version" placeholder="v12" required data-autofocus {...getInputProps("version")} />
          <UtcPicker
            label="Trained at"
            value={values.trainedAt ?? ""}
            onChange={(instant) => setFieldValue("trainedAt", instant ?? undefined)}
            error={getInputProps("trainedAt").error}
          />
          <TagsInput label="Features" description="What it looks at." {...getInputProps("features")} />
          <Textarea label="Notes" autosize minRows={2} {...getInputProps("notes")} />
        </>
      )}
    </AddForm>
  );
}
