"use client";

import { Button, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { HashText } from "@/components/ui/mono";
import { PlainTable } from "@/components/ui/plain-table";
import { Section } from "@/components/ui/section";
import { type GlyphState, StateLabel } from "@/components/ui/state-glyph";
import { rotateFeedKey } from "@/lib/feed/mutations";
import { feedKeyListQuery } from "@/lib/feed/queries";
import type { FeedKeyItem } from "@/lib/feed/signing-contract";
import styles from "./consumers.module.css";

const states = {
  signs: ["live", "signs"],
  next: ["scheduled", "signs next"],
  known: ["deprecated", "known still"],
  gone: ["archived", "gone"],
} as const satisfies Record<FeedKeyItem["state"], readonly [GlyphState, string]>;

/** The keys that sign what consumers are served: by them readers know that it comes from here. */
export function SigningKeys() {
  const keys = useQuery(feedKeyListQuery());
  const mayWrite = useCan("consumer.write");
  const [opened, dialog] = useDisclosure(false);
  const rotate = useMutation(rotateFeedKey);
  return (
    <Section
      variant="framed"
      title="Signing keys"
      aside={mayWrite && <Button onClick={dialog.open}>Rotate the signing key</Button>}
    >
      <p className={styles.lead}>
        Every head is signed. Readers take a new key because the one before it vouches for it, so nobody has to be told.
      </p>
      {keys.isError && <ErrorState error={keys.error} onRetry={() => keys.refetch()} />}
      {keys.data && (
        <PlainTable
          minWidth={560}
          columns={[{ title: "Key" }, { title: "State" }, { title: "Signs from" }, { title: "Known until" }]}
        >
          {keys.data.items.map(({ id, state, signsFrom, knownUntil }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <HashText hash={id} />
              </Table.Td>
              <Table.Td>
                <StateLabel state={states[state][0]}>{states[state][1]}</StateLabel>
              </Table.Td>
              <Table.Td>
                <Instant at={signsFrom} format="full" />
              </Table.Td>
              <Table.Td>{knownUntil === null ? "—" : <Instant at={knownUntil} format="full" />}</Table.Td>
            </Table.Tr>
          ))}
        </PlainTable>
      )}
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title="Rotate the key that signs the feed?"
        confirm="Rotate it"
        pending={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate(undefined, { onSuccess: dialog.close })}
      >
        A new key is published at once and signs in 10 minutes. Readers that follow the feed take it by themselves.
        Those that are given the keys by hand need the new one before that.
      </ConfirmDialog>
    </Section>
  );
}
