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

/** What each consumer serves, or at least pulled, against the revision at which the customer last moved. */
export function CustomerConsumers({ consumers }: { readonly consumers: CustomerLookup["consumers"] }) {
  return (
    <Section title="What each consumer holds" count={consumers.length}>
      {consumers.length === 0 ? (
        <span className={styles.because}>No consumer has a key for this environment.</span>
      ) : (
        <PlainTable minWidth={260} columns={[{ title: "Consumer" }, { title: "Holds" }, { title: "That is" }]}>
          {consumers.map((consumer) => (
            <Table.Tr key={consumer.key}>
              <Table.Td>{consumer.name}</Table.Td>
              <Table.Td>
                <HeldRevision consumer={consumer} />
              </Table.Td>
              <Table.Td className={consumer.holds === "earlier" ? styles.earlier : undefined}>
                {words[consumer.holds]}
              </Table.Td>
            </Table.Tr>
          ))}
        </PlainTable>
      )}
    </Section>
  );
}

function HeldRevision({ consumer }: { readonly consumer: Held }) {
  const { activatedRevision, activatedAt, pulledRevision, pulledAt } = consumer;
  const revision = activatedRevision ?? pulledRevision;
  if (revision === null) return <>—</>;
  return (
    <>
      <Mono>r{revision}</Mono>{" "}
      <span className={styles.because}>
        {activatedRevision === null ? "pulled" : "active"} <TimeAgo at={activatedAt ?? pulledAt} />
      </span>
    </>
  );
}
