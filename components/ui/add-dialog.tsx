"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { schemaResolver, type UseFormReturnType, useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { z } from "zod";
import { isApiProblem } from "@/lib/http/fetch-json";
import { ErrorLine } from "./error-state";

type AddDialogProps = {
  /** "Add an attribute": names the button and the dialog. */
  readonly title: string;
  /** What the button says within a row, where the row names the thing: "Change…". */
  readonly inRow?: string;
  readonly children: (close: () => void) => ReactNode;
};

export function AddDialog({ title, inRow, children }: AddDialogProps) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      {inRow === undefined ? (
        <Button variant="filled" onClick={dialog.open}>
          {title}
        </Button>
      ) : (
        <Button size="compact-sm" variant="subtle" onClick={dialog.open} aria-label={title}>
          {inRow}
        </Button>
      )}
      <Modal opened={opened} onClose={dialog.close} title={title} size={520}>
        {children(dialog.close)}
      </Modal>
    </>
  );
}

type AddFormProps<Values extends Record<string, unknown>, Answer> = {
  /** The schema that the server parses by. */
  readonly schema: z.ZodType<unknown, Values>;
  readonly initialValues: Values;
  readonly mutation: UseMutationOptions<Answer, Error, Values>;
  /** What is sent of the fields, where that is more than they say. */
  readonly prepare?: (values: Values) => Values;
  /** What sends it: "Add", where nothing else is said. */
  readonly submit?: string;
  readonly onClose: () => void;
  readonly children: (form: UseFormReturnType<Values>) => ReactNode;
  /** In place of the fields once it is added; without it the dialog closes. */
  readonly done?: (answer: Answer) => ReactNode;
  /** Besides closing: to go where the new thing is. */
  readonly onAdded?: (answer: Answer) => void;
};

export function AddForm<Values extends Record<string, unknown>, Answer>(props: AddFormProps<Values, Answer>) {
  const { schema, initialValues, onClose, onAdded, done } = props;
  const { mutate, data, isPending, error } = useMutation({
    ...props.mutation,
    onError: (failure) => form.setErrors(errorsByField(failure)),
  });
  const form = useForm<Values>({ initialValues, validate: schemaResolver(schema, { sync: true }) });
  if (done && data !== undefined) return done(data);
  function added(answer: Answer): void {
    onClose();
    onAdded?.(answer);
  }
  return (
    <form
      onSubmit={form.onSubmit((values) => mutate(props.prepare?.(values) ?? values, done ? {} : { onSuccess: added }))}
    >
      <Stack gap="md">
        {props.children(form)}
        <ErrorLine error={error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={isPending}>
            {props.submit ?? "Add"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What the server found, at the fields that it names: "computation.filter[0].value" is "computation.filter.0.value". */
function errorsByField(failure: Error): Record<string, string> {
  const findings = isApiProblem(failure) ? failure.findings : [];
  return Object.fromEntries(
    findings.map(({ path, message, resolution }) => [
      path.replace(/\[(\d+)\]/g, ".$1"),
      `${message} ${resolution}`.trim(),
    ]),
  );
}
