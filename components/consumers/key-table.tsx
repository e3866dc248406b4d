"use client";

import { Button, Table, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Names } from "@/components/layout/use-names";
import { formatCount } from "@/components/ui/number-format";
import type { ConsumerItem } from "@/lib/feed/contract";
import styles from "./consumers.module.css";
import { KeyRow } from "./key-row";

type KeyTableProps = { readonly consumer: ConsumerItem; readonly names: Names; readonly mayWrite: boolean };

/** A consumer's keys, those that ended out of the way. */
export function KeyTable({ consumer, names, mayWrite }: KeyTableProps) {
  const [all, toggle] = useDisclosure(false);
  const keys = consumer.keys.toSorted((a, b) => a.environment.localeCompare(b.environment, "en"));
  const good = keys.filter(({ revokedAt }) => revokedAt === null);
  const ended = keys.filter(({ revokedAt }) => revokedAt !== null);
  if (keys.length === 0) return <div className={styles.empty}>No key yet: it cannot pull anything.</div>;
  const shown = all ? [...good, ...ended] : good;
  return (
    <>
      {shown.length === 0 && <div className={styles.empty}>No key is good any more: it cannot pull anything.</div>}
      {shown.length > 0 && (
        <Table.ScrollContainer minWidth={960} scrollAreaProps={{ offsetScrollbars: false }}>
          <Table layout="fixed" horizontalSpacing={10} className={styles.keys} aria-label={`Keys of ${consumer.name}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={116}>Key</Table.Th>
                <Table.Th w={96}>Environment</Table.Th>
                <Table.Th>Regions and purposes</Table.Th>
                <Table.Th w={150}>Rights</Table.Th>
                <Table.Th w={96}>Pulled</Table.Th>
                <Table.Th w={130}>Active</Table.Th>
                <Table.Th w={190}>Lag</Table.Th>
                <Table.Th w={52}>
                  <VisuallyHidden>Actions</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((key) => (
                <KeyRow key={key.id} apiKey={key} consumer={consumer} names={names} mayWrite={mayWrite} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {ended.length > 0 && (
        <div className={styles.more}>
          <Button size="compact-sm" variant="subtle" onClick={toggle.toggle} aria-expanded={all}>
            {all ? "Hide" : "Show"} {formatCount(ended.length, "ended key")}
          </Button>
        </div>
      )}
    </>
  );
}
