import { Table } from "@mantine/core";
import { TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { PlainTable } from "@/components/ui/plain-table";
import { Section } from "@/components/ui/section";
import type { CustomerLookup } from "@/lib/customers/contract";
import styles from "./customers.module.css";

type Held = CustomerLookup["consumers"][number];

const words = {
  current: "what stands here",
  earlier: "before the last change",
  nothing: "nothing yet",
} as const satisfies Record<Held["holds"], string>;

/** What each consumer pulled last, against the revision at which the customer last moved. */
export function CustomerConsumers({ consumers }: { readonly consumers: CustomerLookup["consumers"] }) {
  return (
    <Section title="What each consumer holds" count={consumers.length}>
      {consumers.length === 0 ? (
        <span className={styles.because}>No consumer has a key for this environment.</span>
      ) : (
        <PlainTable minWidth={260} columns={[{ title: "Consumer" }, { title: "Pulled" }, { title: "Has" }]}>
          {consumers.map(({ key, name, pulledRevision, pulledAt, holds }) => (
            <Table.Tr key={key}>
              <Table.Td>{name}</Table.Td>
              <Table.Td>
                {pulledRevision === null ? "never" : <Mono>r{pulledRevision}</Mono>}{" "}
                {pulledAt && <TimeAgo at={pulledAt} />}
              </Table.Td>
              <Table.Td>{words[holds]}</Table.Td>
            </Table.Tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
}
