"use client";

import { ActionIcon, Button, Group, Table, Textarea, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Instant } from "@/components/ui/instant";
import { KeyText } from "@/components/ui/mono";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { UtcPicker } from "@/components/ui/utc-picker";
import { splitValues } from "@/lib/rules/split-values";
import type { ListEntry } from "@/lib/segments/document";
import { addEntries } from "@/lib/segments/list-entries";
import styles from "./fields.module.css";

type ListFormProps = {
  readonly label: string;
  readonly entries: readonly ListEntry[];
  readonly onEntries: (entries: ListEntry[]) => void;
};

const shownAtMost = 100;

/** One reason and end for as many ids as are pasted; an id that is listed already takes them over. */
export function ListForm({ label, entries, onEntries }: ListFormProps) {
  const [pasted, setPasted] = useState("");
  const [reason, setReason] = useState("");
  const [expiresAt, setExpiresAt] = useState<string>();
  const ids = splitValues(pasted);
  const added = addEntries(entries, ids, { reason: reason.trim(), ...(expiresAt ? { expiresAt } : {}) });
  function add(): void {
    onEntries(added.entries);
    setPasted("");
  }
  return (
    <>
      <Textarea
        label="Customer ids"
        description="One to a line, or with commas between."
        minRows={2}
        maxRows={6}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
        error={added.refused}
        data-own-undo
      />
      <div className={styles.pair}>
        <TextInput
          label="Reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
        />
        <UtcPicker label="Until" clearable placeholder="For good" value={expiresAt} onChange={setExpiresAt} />
      </div>
      <Group gap="sm">
        <Button size="xs" onClick={add} disabled={ids.length === 0 || added.refused !== undefined}>
          {ids.length === 0 ? "Add customers" : `Add ${formatCount(ids.length, "customer")}`}
        </Button>
        {entries.length > 0 && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => onEntries([])}>
            Remove all {formatNumber(entries.length)}
          </Button>
        )}
      </Group>
      <Entries label={label} entries={entries} onEntries={onEntries} />
    </>
  );
}

function Entries({ label, entries, onEntries }: ListFormProps) {
  if (entries.length === 0) return null;
  return (
    <section className={styles.entries} aria-label={label}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Customer</Table.Th>
            <Table.Th>Reason</Table.Th>
            <Table.Th>Until</Table.Th>
            <Table.Th aria-label="Remove" w={40} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.slice(0, shownAtMost).map((entry) => (
            <Table.Tr key={entry.customerId}>
              <Table.Td>
                <KeyText>{entry.customerId}</KeyText>
              </Table.Td>
              <Table.Td>{entry.reason || <span className={styles.dim}>none given</span>}</Table.Td>
              <Table.Td>
                <Instant at={entry.expiresAt} none="for good" />
              </Table.Td>
              <Table.Td>
                <ActionIcon
                  size={24}
                  aria-label={`Remove ${entry.customerId}`}
                  onClick={() => onEntries(entries.filter((each) => each !== entry))}
                >
                  <IconX size={14} stroke={1.6} />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {entries.length > shownAtMost && (
        <p className={styles.dim}>and {formatNumber(entries.length - shownAtMost)} more</p>
      )}
    </section>
  );
}
