"use client";

import { Button, Group, Stack, Textarea } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { UseMutationOptions } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { z } from "zod";
import { AddForm } from "@/components/ui/add-dialog";
import { FindingList } from "@/components/ui/finding-list";
import { TextLink } from "@/components/ui/link-button";
import type { Change } from "@/lib/changes/contract";
import { deciderWords } from "./decider-words";

export type Reasoned = Record<string, unknown> & { readonly reason: string };

type ProposeFormProps<Values extends Reasoned> = {
  /** What the server parses by, with the reason beside it. */
  readonly schema: z.ZodType<unknown, Values>;
  readonly initialValues: Values;
  readonly mutation: UseMutationOptions<{ change: Change }, Error, Values>;
  readonly onClose: () => void;
  readonly children: (form: UseFormReturnType<Values>) => ReactNode;
};

/** What another person is to decide on: the fields, and why. Then who may decide. */
export function ProposeForm<Values extends Reasoned>({ children, ...props }: ProposeFormProps<Values>) {
  return (
    <AddForm<Values, { change: Change }>
      {...props}
      submit="Propose"
      done={({ change }) => <Proposed change={change} onClose={props.onClose} />}
    >
      {(form) => (
        <>
          {children(form)}
          <ReasonField {...form.getInputProps("reason")} />
        </>
      )}
    </AddForm>
  );
}

export function ReasonField(props: object) {
  return (
    <Textarea
      label="Why"
      description="Somebody else decides on it, and reads this first."
      required
      autosize
      minRows={2}
      {...props}
    />
  );
}

/** In place of the fields once it waits for somebody. */
export function Proposed({ change, onClose }: { readonly change: Change; readonly onClose: () => void }) {
  return (
    <Stack gap="md">
      <p>
        It is <TextLink href={`/settings/changes?change=${change.number}`}>change {change.number}</TextLink>, and
        nothing has changed yet. {deciderWords(change)}
      </p>
      <FindingList findings={change.findings} />
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
