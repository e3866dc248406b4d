"use client";

import { Alert, Button, Group, Modal, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ErrorLine } from "@/components/ui/error-state";
import { openRequest } from "@/lib/customers/mutations";
import { openRequestSchema, type requestKinds } from "@/lib/customers/request-contract";
import { kindWords } from "./request-state";

type NewRequestDialogProps = { readonly opened: boolean; readonly onClose: () => void };

export function NewRequestDialog({ opened, onClose }: NewRequestDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="What does the person ask for?" size={480}>
      <NewRequestForm onClose={onClose} />
    </Modal>
  );
}

function NewRequestForm({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  const open = useMutation(openRequest);
  const form = useForm({
    initialValues: { kind: "access" as (typeof requestKinds)[number], customer: "", note: "" },
    validate: schemaResolver(openRequestSchema, { sync: true }),
  });
  const isErasure = form.values.kind === "erasure";
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        open.mutate(values, { onSuccess: ({ request }) => router.push(`/customers/requests/${request.id}`) }),
      )}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label="Kind of request"
          data={[
            { value: "access", label: kindWords.access },
            { value: "erasure", label: kindWords.erasure },
          ]}
          {...form.getInputProps("kind")}
        />
        <TextInput label="Customer id" required {...form.getInputProps("customer")} />
        <Textarea label="Note" placeholder="Ticket, how the person was identified" {...form.getInputProps("note")} />
        {isErasure && (
          <Alert color="red" title="This cannot be taken back">
            The customer leaves profiles, events, lists, segments and every past of them at once, and so does everybody
            who was merged into them. What still comes in of them is refused.
          </Alert>
        )}
        <ErrorLine error={open.error} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" {...(isErasure ? { color: "red" } : {})} loading={open.isPending}>
            {isErasure ? "Erase this customer" : "Open the request"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
