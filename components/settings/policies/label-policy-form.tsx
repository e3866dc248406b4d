"use client";

import { Autocomplete, MultiSelect, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { NameAndKey } from "@/components/ui/name-and-key";
import { approvingRoles } from "@/lib/access/permissions";
import { regionListQuery } from "@/lib/catalogue/queries";
import {
  type LabelPolicyItem,
  proposeLabelPolicySchema,
  proposeNewLabelPolicySchema,
} from "@/lib/changes/guard-contract";
import { proposal, proposeNewLabelPolicy } from "@/lib/changes/mutations";
import type { LabelEffect, LabelPolicyContent } from "@/lib/guards/label-policy";
import { optionsOf } from "../catalogue-words";
import { ProposeForm } from "../propose-form";
import { usePolicyVocabulary } from "./use-policy-names";

type NewValues = z.input<typeof proposeNewLabelPolicySchema>;
type Values = z.input<typeof proposeLabelPolicySchema>;

const blank: NewValues = {
  ...{ key: "", name: "", description: "", label: "", when: {}, effect: "refuse", role: null, enabled: true },
  reason: "",
};

export function AddLabelPolicyForm({ onClose }: { readonly onClose: () => void }) {
  return (
    <ProposeForm<NewValues>
      schema={proposeNewLabelPolicySchema}
      initialValues={blank}
      mutation={proposeNewLabelPolicy}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameAndKey propsOf={form.getInputProps} />
          <LabelPolicyFields form={form} />
        </>
      )}
    </ProposeForm>
  );
}

type ChangeProps = { readonly item: LabelPolicyItem; readonly onClose: () => void };

export function ChangeLabelPolicyForm({ item, onClose }: ChangeProps) {
  const { name, description, label, when, effect, role, enabled } = item;
  return (
    <ProposeForm<Values>
      schema={proposeLabelPolicySchema}
      initialValues={{ name, description, label, when, effect, role, enabled, reason: "" }}
      mutation={proposal("label-policy", item.key)}
      onClose={onClose}
    >
      {(form) => (
        <>
          <TextInput label="Name" data-autofocus required {...form.getInputProps("name")} />
          <LabelPolicyFields form={form} />
        </>
      )}
    </ProposeForm>
  );
}

const effectWords = {
  refuse: "is refused",
  warn: "is a warning",
  approval: "asks for an approval",
} as const satisfies Record<LabelEffect, string>;

/** What is labelled so, for these purposes, in these treatments, at consumers that run there. */
function LabelPolicyFields<Form extends Values>({ form }: { readonly form: UseFormReturnType<Form> }) {
  const { labels, purposes } = usePolicyVocabulary();
  const regions = useQuery(regionListQuery()).data?.items ?? [];
  const { when, effect } = form.values;
  const change = (next: Partial<LabelPolicyContent["when"]>) =>
    form.setValues({ when: { ...when, ...next } } as Partial<Form>);
  return (
    <>
      <Autocomplete label="What is labelled" data={labels} required {...form.getInputProps("label")} />
      <MultiSelect
        label="For"
        description="Any purpose, where none is named."
        data={purposes}
        value={[...(when.purposes ?? [])]}
        onChange={(chosen) => change({ purposes: some(chosen) })}
        error={form.errors["when.purposes"]}
      />
      <TagsInput
        label="Where treatments say"
        description="Any or none, where none is named."
        value={[...(when.treatments ?? [])]}
        onChange={(chosen) => change({ treatments: some(chosen) })}
        error={form.errors["when.treatments"]}
      />
      <MultiSelect
        label="At consumers that run in"
        description="Anywhere, where no region is named."
        data={regions.map(({ key, name }) => ({ value: key, label: name }))}
        value={[...(when.destinations ?? [])]}
        onChange={(chosen) => change({ destinations: some(chosen) })}
        error={form.errors["when.destinations"]}
      />
      <Select
        label="Then it"
        data={optionsOf(effectWords)}
        allowDeselect={false}
        value={effect}
        onChange={(next) => form.setValues(effectOf(next) as Partial<Form>)}
      />
      {effect === "approval" && (
        <Select label="Of" data={[...approvingRoles]} allowDeselect={false} {...form.getInputProps("role")} />
      )}
      <Textarea label="Why it is there" autosize minRows={1} {...form.getInputProps("description")} />
      <Switch label="In force" {...form.getInputProps("enabled", { type: "checkbox" })} />
    </>
  );
}

function effectOf(chosen: string | null): Pick<Values, "effect" | "role"> {
  if (chosen === "approval") return { effect: "approval", role: "privacy" };
  return { effect: chosen === "warn" ? "warn" : "refuse", role: null };
}

function some(chosen: readonly string[]): string[] | undefined {
  return chosen.length > 0 ? [...chosen] : undefined;
}
