"use client";

import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Names } from "@/components/layout/use-names";
import { KeyText } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { ConsumerItem } from "@/lib/feed/contract";
import { formatNames } from "@/lib/rules/formats";
import styles from "./consumers.module.css";
import { deliveryWords } from "./delivery-words";
import { EditConsumerDialog } from "./edit-consumer-dialog";
import { formatWords } from "./format-words";
import { KeyTable } from "./key-table";
import { NewKeyDialog } from "./new-key-dialog";
import { RefusalList } from "./refusal-list";

type ConsumerSectionProps = {
  readonly consumer: ConsumerItem;
  readonly names: Names;
  readonly mayWrite: boolean;
};

export function ConsumerSection({ consumer, names, mayWrite }: ConsumerSectionProps) {
  const [opened, dialog] = useDisclosure(false);
  const [isEditing, editing] = useDisclosure(false);
  return (
    <Section
      variant="framed"
      flush
      title={
        <span className={styles.title}>
          <span id={consumer.key}>{consumer.name}</span> <KeyText>{consumer.key}</KeyText>
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
      <Description consumer={consumer} names={names} />
      <RefusalList keys={consumer.keys} />
      <KeyTable consumer={consumer} names={names} mayWrite={mayWrite} />
      <EditConsumerDialog opened={isEditing} onClose={editing.close} consumer={consumer} names={names} />
      <NewKeyDialog opened={opened} onClose={dialog.close} consumer={consumer} />
    </Section>
  );
}

/** What it does, and how it reads; who only sends reads nothing. */
function Description({ consumer, names }: Pick<ConsumerSectionProps, "consumer" | "names">) {
  const { description, format, location, keys } = consumer;
  const onlySends = keys.length > 0 && keys.every(({ rights }) => rights.every((right) => right === "ingest"));
  return (
    <div className={styles.description}>
      {description}{" "}
      {!onlySends && (
        <>
          <span className={styles.format}>Reads {formatNames[format]}.</span> {format !== "tree" && formatWords[format]}{" "}
          {deliveryWords(consumer)}
        </>
      )}
      {location !== null && ` Runs in ${names.regions.get(location) ?? location}.`}
    </div>
  );
}
