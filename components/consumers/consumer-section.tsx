"use client";

import { Button, Group, Table, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Names } from "@/components/layout/use-names";
import { KeyText } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { ConsumerItem } from "@/lib/feed/contract";
import { formatNames } from "@/lib/rules/formats";
import styles from "./consumers.module.css";
import { EditConsumerDialog } from "./edit-consumer-dialog";
import { formatWords } from "./format-words";
import { KeyRow } from "./key-row";
import { NewKeyDialog } from "./new-key-dialog";

type ConsumerSectionProps = {
  readonly consumer: ConsumerItem;
  readonly headOf: ReadonlyMap<string, number>;
  readonly names: Names;
  readonly mayWrite: boolean;
};

export function ConsumerSection({ consumer, headOf, names, mayWrite }: ConsumerSectionProps) {
  const [opened, dialog] = useDisclosure(false);
  const [isEditing, editing] = useDisclosure(false);
  const keys = [...consumer.keys].sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null));
  return (
    <Section
      variant="framed"
      flush
      title={
        <span className={styles.title}>
          {consumer.name} <KeyText>{consumer.key}</KeyText>
        </span>
      }
      count={consumer.team ? (names.teams.get(consumer.team) ?? consumer.team) : undefined}
      aside={
        mayWrite && (
          <Group gap="sm">
            <Button onClick={editing.open} aria-label={`Edit ${consumer.name}`}>
              Edit
            </Button>
            <Button onClick={dialog.open}>Create a key</Button>
          </Group>
        )
      }
    >
      <div className={styles.description}>
        {consumer.description} <span className={styles.format}>Reads {formatNames[consumer.format]}.</span>{" "}
        {consumer.format !== "tree" && formatWords[consumer.format]}
        {consumer.location !== null && ` Runs in ${names.regions.get(consumer.location) ?? consumer.location}.`}
      </div>
      {keys.length === 0 ? (
        <div className={styles.empty}>No key yet: it cannot pull anything.</div>
      ) : (
        <Table.ScrollContainer minWidth={900} scrollAreaProps={{ offsetScrollbars: false }}>
          <Table layout="fixed" horizontalSpacing={10} className={styles.keys} aria-label={`Keys of ${consumer.name}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={100}>Key</Table.Th>
                <Table.Th w={90}>Environment</Table.Th>
                <Table.Th w={162}>Regions</Table.Th>
                <Table.Th>Purposes</Table.Th>
                <Table.Th w={200}>Rights</Table.Th>
                <Table.Th w={90} ta="right">
                  Last pulled
                </Table.Th>
                <Table.Th w={104} ta="right">
                  Revision
                </Table.Th>
                <Table.Th w={100}>
                  <VisuallyHidden>Actions</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.map((key) => (
                <KeyRow
                  key={key.id}
                  apiKey={key}
                  consumerName={consumer.name}
                  location={consumer.location}
                  head={headOf.get(key.environment)}
                  names={names}
                  mayWrite={mayWrite}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <EditConsumerDialog opened={isEditing} onClose={editing.close} consumer={consumer} names={names} />
      <NewKeyDialog opened={opened} onClose={dialog.close} consumer={consumer} />
    </Section>
  );
}
