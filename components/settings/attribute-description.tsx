"use client";

import { TagsInput, Textarea, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";

type DescriptionFieldsProps = {
  readonly propsOf: (field: "unit" | "labels" | "description") => GetInputPropsReturnType;
  readonly unit: string | undefined;
  readonly onUnit: (unit: string | undefined) => void;
};

/** What an attribute's values are of, what policies may say of it, and what it means. */
export function DescriptionFields({ propsOf, unit, onUnit }: DescriptionFieldsProps) {
  return (
    <>
      <TextInput
        label="Unit"
        placeholder="EUR"
        description="Shown behind its values."
        {...propsOf("unit")}
        value={unit ?? ""}
        onChange={(event) => onUnit(event.currentTarget.value || undefined)}
      />
      <TagsInput
        label="Labels"
        description="What policies speak of: personal, special, no-export."
        {...propsOf("labels")}
      />
      <Textarea label="What it means" autosize minRows={2} {...propsOf("description")} />
    </>
  );
}
