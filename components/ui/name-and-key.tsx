"use client";

import { TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";

/** The first two fields of everything that is added to the catalogue. */
export function NameAndKey({ propsOf }: { readonly propsOf: (field: "name" | "key") => GetInputPropsReturnType }) {
  return (
    <>
      <TextInput label="Name" data-autofocus required {...propsOf("name")} />
      <TextInput label="Key" description="a-z, 0-9, _ and -" required {...propsOf("key")} />
    </>
  );
}
