"use client";

import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Person } from "@/lib/access/contract";
import { disablePerson } from "@/lib/access/mutations";

/** The button on a person's row, and what it says before it does anything. */
export function DisablePerson({ person }: { readonly person: Person }) {
  const [opened, { open, close }] = useDisclosure(false);
  const disable = useMutation(disablePerson);
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={open} aria-label={`Disable ${person.name}`}>
        Disable…
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Disable ${person.name}?`}
        confirm="Disable"
        destructive
        pending={disable.isPending}
        error={disable.error}
        onConfirm={() => disable.mutate({ id: person.id }, { onSuccess: close })}
      >
        <Stack gap="sm">
          <Text>
            They are out at once: every open page leaves within a minute, every request is refused, and all of their
            personal tokens are revoked. Approvals they gave stop counting, and releases they scheduled are refused.
          </Text>
          <Text>What they made stays, under their name. Enabling them again is a change that two people make.</Text>
          {person.sameSubjectAs.length > 0 && (
            <Text>The same sign-on also has {person.sameSubjectAs.join(", ")}: disable that one too.</Text>
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
