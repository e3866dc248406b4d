"use client";

import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import type { Delivery } from "@/lib/feed/lag";
import type { ReadFormat } from "@/lib/rules/formats";
import { deliveryChoices } from "./delivery-words";
import { formatChoices, formatWords } from "./format-words";

type ConsumerFieldsProps = {
  readonly propsOf: (
    field: "name" | "key" | "description" | "team" | "format" | "location" | "delivery" | "pollSeconds",
  ) => GetInputPropsReturnType;
  readonly format: ReadFormat;
  readonly delivery: Delivery;
  readonly teams: readonly { readonly value: string; readonly label: string }[];
  readonly regions: readonly { readonly value: string; readonly label: string }[];
  /** Once it is said where it runs, it runs somewhere. */
  readonly staysLocated?: boolean;
  /** Only while it is made: it stays for ever. */
  readonly withKey?: boolean;
};

export function ConsumerFields({
  propsOf,
  format,
  delivery,
  teams,
  regions,
  staysLocated,
  withKey,
}: ConsumerFieldsProps) {
  return (
    <>
      <TextInput label="Name" placeholder="EU gateway" data-autofocus required {...propsOf("name")} />
      {withKey && (
        <TextInput
          label="Key"
          description="How it is called in answers and records; it cannot be changed later."
          placeholder="gateway-eu"
          required
          {...propsOf("key")}
        />
      )}
      <Textarea label="What it does with the segments" autosize minRows={2} {...propsOf("description")} />
      <Select
        label="Reads rules as"
        description={`${formatWords[format]} ${format === "tree" ? "" : "A release that it cannot read is refused."}`.trim()}
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={formatChoices}
        allowDeselect={false}
        {...propsOf("format")}
      />
      <Select
        label="Runs in"
        description="What it is told goes there: only data of that region, and of those that a transfer rule lets go there."
        inputWrapperOrder={["label", "input", "description", "error"]}
        placeholder="Nobody said"
        data={regions}
        clearable={!staysLocated}
        {...propsOf("location")}
      />
      <Select
        label="Keeps up by"
        data={deliveryChoices}
        allowDeselect={false}
        description={delivery === "stream" ? "It is behind where a release is not active after 5 seconds." : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        {...propsOf("delivery")}
      />
      {delivery === "poll" && (
        <NumberInput
          label="Asks every"
          suffix=" s"
          min={1}
          max={86_400}
          allowDecimal={false}
          description="It is behind where a release is not active after twice as long."
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...propsOf("pollSeconds")}
        />
      )}
      {teams.length > 0 && <Select label="Owner" data={teams} clearable {...propsOf("team")} />}
    </>
  );
}
