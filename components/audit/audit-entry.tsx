import { Stack } from "@mantine/core";
import { Facts } from "@/components/ui/facts";
import { Instant } from "@/components/ui/instant";
import { KeyText, Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { AuditEntryItem } from "@/lib/audit/contract";
import { actionInWords, throughInWords } from "./action-words";
import styles from "./audit.module.css";

export function AuditEntry({ entry }: { readonly entry: AuditEntryItem }) {
  return (
    <Stack gap="lg">
      <Facts
        labelWidth={110}
        facts={[
          { key: "at", label: "When", value: <Instant at={entry.at} format="full" /> },
          { key: "who", label: "Who", value: entry.actor.name },
          { key: "via", label: "Through", value: throughInWords(entry.via) },
          {
            key: "did",
            label: "Did",
            value: (
              <>
                {actionInWords(entry)} <KeyText>{entry.action}</KeyText>
              </>
            ),
          },
          { key: "on", label: "On", value: `${entry.subject.type} ${entry.subject.name || entry.subject.id}` },
          { key: "id", label: "Id", value: <Mono>{entry.subject.id}</Mono> },
          { key: "previous", label: "Hash before", value: <Mono dim>{entry.previousHash}</Mono> },
          { key: "hash", label: "Hash", value: <Mono dim>{entry.hash}</Mono> },
        ]}
      />
      <Content title="Before" value={entry.before} />
      <Content title="After" value={entry.after} />
    </Stack>
  );
}

function Content({ title, value }: { readonly title: string; readonly value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <Section title={title}>
      <pre className={styles.content}>{JSON.stringify(value, null, 2)}</pre>
    </Section>
  );
}
