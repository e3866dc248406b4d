"use client";

import { Select, TextInput } from "@mantine/core";
import type { z } from "zod";
import { reasonSchema } from "@/lib/changes/contract";
import { environmentStateSchema } from "@/lib/changes/kinds/environment";
import { proposal } from "@/lib/changes/mutations";
import type { Environment } from "@/lib/releases/contract";
import { ProposeForm } from "./propose-form";

const formSchema = environmentStateSchema.extend({ reason: reasonSchema });

type ChangeEnvironmentProps = {
  readonly item: Environment;
  readonly others: readonly Environment[];
  readonly onClose: () => void;
};

export function ChangeEnvironmentForm({ item, others, onClose }: ChangeEnvironmentProps) {
  const { key, name, promotedFrom } = item;
  return (
    <ProposeForm<z.input<typeof formSchema>>
      schema={formSchema}
      initialValues={{ name, promotedFrom, reason: "" }}
      mutation={proposal("environment", key)}
      onClose={onClose}
    >
      {({ getInputProps }) => (
        <>
          <TextInput label="Name" data-autofocus required {...getInputProps("name")} />
          <Select
            label="Takes versions from"
            description="A version is released there first, and only then here."
            placeholder="Anywhere"
            clearable
            data={others.filter((each) => each.key !== key).map((each) => ({ value: each.key, label: each.name }))}
            {...getInputProps("promotedFrom")}
          />
        </>
      )}
    </ProposeForm>
  );
}
