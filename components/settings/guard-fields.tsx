"use client";

import { Select, Textarea } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { basisWords, optionsOf } from "./catalogue-words";

type FieldsProps<Field extends string> = { readonly propsOf: (field: Field) => GetInputPropsReturnType };

/** A purpose besides its name and key. */
export function PurposeFields({ propsOf }: FieldsProps<"lawfulBasis" | "description">) {
  return (
    <>
      <Select
        label="Rests on"
        description="With consent, only customers who granted it can be members; otherwise all who did not object."
        data={optionsOf(basisWords)}
        allowDeselect={false}
        {...propsOf("lawfulBasis")}
      />
      <Textarea label="What it means" autosize minRows={2} {...propsOf("description")} />
    </>
  );
}

/** A region besides its name and key. */
export function RegionFields({ propsOf }: FieldsProps<"description">) {
  return <Textarea label="What it covers" autosize minRows={2} {...propsOf("description")} />;
}
