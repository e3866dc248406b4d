"use client";

import { Button, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Names } from "@/components/layout/use-names";
import { KeyText } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { ConsumerItem } from "@/lib/feed/contract";
import styles from "./consumers.module.css";
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
      aside={mayWrite && <Button onClick={dialog.open}>Create a key</Button>}
    >
      {consumer.description && <div className={styles.description}>{consumer.description}</div>}
      {keys.length === 0 ? (
        <div className={styles.empty}>No key yet: it cannot pull anything.</div>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={`Keys of ${consumer.name}`}>
            <thead>
              <tr>
                <th scope="col" className={styles.hint}>
                  Key
                </th>
                <th scope="col" className={styles.environment}>
                  Environment
                </th>
                <th scope="col" className={styles.regions}>
                  Regions
                </th>
                <th scope="col">Purposes</th>
                <th scope="col" className={styles.rights}>
                  Rights
                </th>
                <th scope="col" className={`${styles.right} ${styles.pulled}`}>
                  Last pulled
                </th>
                <th scope="col" className={`${styles.right} ${styles.revision}`}>
                  Revision
                </th>
                <th scope="col" className={styles.actions}>
                  <VisuallyHidden>Actions</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <KeyRow
                  key={key.id}
                  apiKey={key}
                  consumerName={consumer.name}
                  head={headOf.get(key.environment)}
                  names={names}
                  mayWrite={mayWrite}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <NewKeyDialog opened={opened} onClose={dialog.close} consumer={consumer} />
    </Section>
  );
}
