"use client";

import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useCan } from "@/components/layout/viewer";
import { type Access, accessPurposeNames, accessPurposes, accessSchema } from "@/lib/customers/access-purpose";
import styles from "./customers.module.css";
import { useAccess } from "./use-access";

/** That values are covered, and for who may lift that, the way to; or what they are shown for. */
export function AccessNote({ masked }: { readonly masked: boolean }) {
  const mayUnmask = useCan("customer.unmask");
  const { access, setAccess } = useAccess();
  const [opened, dialog] = useDisclosure(false);
  if (!masked && !(access && mayUnmask)) return null;
  return (
    <>
      <span className={styles.note}>
        {masked ? <IconEyeOff size={14} stroke={1.6} aria-hidden /> : <IconEye size={14} stroke={1.6} aria-hidden />}
        {noteText(masked, mayUnmask, access)}
      </span>
      {mayUnmask && masked && (
        <Button size="compact-sm" onClick={dialog.open}>
          Show personal values
        </Button>
      )}
      {mayUnmask && !masked && (
        <Button size="compact-sm" onClick={() => setAccess(null)}>
          Cover again
        </Button>
      )}
      <Modal opened={opened} onClose={dialog.close} title="What do you need personal values for?" size={440}>
        <AccessForm onClose={dialog.close} onNamed={setAccess} />
      </Modal>
    </>
  );
}

function noteText(masked: boolean, mayUnmask: boolean, access: Access | null): string {
  if (!masked && access) {
    return `Shown for: ${[accessPurposeNames[access.purpose], access.reference].filter(Boolean).join(", ")}`;
  }
  return mayUnmask ? "Personal values are covered" : "Masked for your role; this look is in the audit";
}

type AccessFormProps = { readonly onClose: () => void; readonly onNamed: (access: Access) => void };

function AccessForm({ onClose, onNamed }: AccessFormProps) {
  const form = useForm<Access>({
    initialValues: { purpose: "support_request", reference: "" },
    validate: schemaResolver(accessSchema, { sync: true }),
  });
  function named(values: Access): void {
    onNamed(accessSchema.parse(values));
    onClose();
  }
  return (
    <form onSubmit={form.onSubmit(named)}>
      <Stack gap="md">
        <Select
          label="Purpose"
          description="It stands in the audit beside each look, until you leave or cover the values again."
          allowDeselect={false}
          data={accessPurposes.map((value) => ({ value, label: accessPurposeNames[value] }))}
          {...form.getInputProps("purpose")}
        />
        <TextInput label="Reference" placeholder="Ticket or file number" {...form.getInputProps("reference")} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled">
            Show them
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
