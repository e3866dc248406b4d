"use client";

import { Button, Table } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { Names } from "@/components/layout/use-names";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Instant, TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { TagList } from "@/components/ui/tag";
import type { ConsumerKeyItem } from "@/lib/feed/contract";
import { revokeKey } from "@/lib/feed/mutations";
import styles from "./consumers.module.css";

type KeyRowProps = {
  readonly apiKey: ConsumerKeyItem;
  readonly consumerName: string;
  /** The region in which the consumer runs. */
  readonly location: string | null;
  /** The newest revision of the key's environment. */
  readonly head: number | undefined;
  readonly names: Names;
  readonly mayWrite: boolean;
};

export function KeyRow({ apiKey, consumerName, location, head, names, mayWrite }: KeyRowProps) {
  const [opened, dialog] = useDisclosure(false);
  const revoke = useMutation(revokeKey);
  const { regions, regionsNotServed: notServed } = apiKey;
  const served = regions.filter((region) => !notServed.includes(region));
  const nameOf = (key: string) => names.regions.get(key) ?? key;
  const roomy = useMediaQuery("(min-width: 100em)", false);
  return (
    <Table.Tr className={apiKey.revokedAt ? styles.revoked : undefined}>
      <Table.Td>
        <Mono>{apiKey.hint}…</Mono>
      </Table.Td>
      <Table.Td>{apiKey.environment}</Table.Td>
      <Table.Td>
        <TagList tags={served.map(nameOf)} max={1} />
        {notServed.length > 0 && (
          <div className={styles.notServed}>
            not {notServed.map(nameOf).join(", ")}: no transfer rule to {location === null ? "" : nameOf(location)}
          </div>
        )}
      </Table.Td>
      <Table.Td>
        <TagList tags={apiKey.purposes.map((key) => names.purposes.get(key) ?? key)} max={roomy ? 3 : 1} />
      </Table.Td>
      <Table.Td>{apiKey.rights.join(", ")}</Table.Td>
      <Table.Td ta="right">
        <TimeAgo at={apiKey.lastPulledAt} />
      </Table.Td>
      <Table.Td ta="right">
        <RevisionCell pulled={apiKey.lastPulledRevision} head={head} />
      </Table.Td>
      <Table.Td ta="right">
        {apiKey.revokedAt ? (
          <>
            revoked <Instant at={apiKey.revokedAt} />
          </>
        ) : (
          mayWrite && (
            <Button size="compact-sm" variant="subtle" onClick={dialog.open}>
              Revoke
            </Button>
          )
        )}
        <ConfirmDialog
          opened={opened}
          onClose={dialog.close}
          title={`Revoke this key of ${consumerName}?`}
          confirm="Revoke it"
          destructive
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ id: apiKey.id }, { onSuccess: dialog.close })}
        >
          Within 5 seconds whoever pulls with <Mono>{apiKey.hint}…</Mono> is refused. It cannot be taken back; a new key
          can be created.
        </ConfirmDialog>
      </Table.Td>
    </Table.Tr>
  );
}

function RevisionCell({ pulled, head }: { readonly pulled: number | null; readonly head: number | undefined }) {
  if (pulled === null) return <>—</>;
  const behind = head === undefined ? 0 : head - pulled;
  return (
    <span className={behind > 0 ? styles.behind : undefined}>
      <Mono>r{pulled}</Mono>
      {behind > 0 && ` ${behind} behind`}
    </span>
  );
}
