"use client";

import { Button, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { When } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { Num } from "@/components/ui/num";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { Section } from "@/components/ui/section";
import { minimumCell } from "@/lib/catalogue/small-cells";
import type { ListVersion, ManagedList } from "@/lib/lists/contract";
import type { UploadMode } from "@/lib/lists/definition";
import { managedListQuery } from "@/lib/lists/queries";
import { CustomerCount } from "./customer-count";
import styles from "./lists.module.css";

const modeWords = { replace: "replaced", merge: "merged" } as const satisfies Record<UploadMode, string>;

const quiet = { size: "compact-xs", variant: "subtle" } as const;

const columns: readonly PlainColumn[] = [
  { title: "Version" },
  { title: "Customers", align: "right" },
  { title: "Change", align: "right" },
  { title: "How" },
  { title: "Note" },
  { title: "By" },
  { title: "When", align: "right" },
];

/** The line of versions, newest first; how one differs from the one before is counted when it is asked for. */
export function ListVersions({ managed }: { readonly managed: ManagedList }) {
  const { versions, list } = managed;
  const [asked, setAsked] = useState<ReadonlySet<number>>(new Set());
  if (versions.length === 0) return null;
  return (
    <Section title="Versions" count={versions.length}>
      <PlainTable columns={columns} minWidth={620}>
        {versions.map((version) => (
          <Table.Tr key={version.number}>
            <Table.Td>
              <Mono>v{version.number}</Mono>
            </Table.Td>
            <Table.Td ta="right">
              <CustomerCount value={version.size} />
            </Table.Td>
            <Table.Td ta="right">
              {version.number === list.version || asked.has(version.number) ? (
                <Change listKey={list.key} version={version} />
              ) : (
                <Button
                  {...quiet}
                  aria-label={`Compare v${version.number} with the one before`}
                  onClick={() => setAsked(new Set([...asked, version.number]))}
                >
                  compare
                </Button>
              )}
            </Table.Td>
            <Table.Td className={styles.dim}>{modeWords[version.mode]}</Table.Td>
            <Table.Td className={styles.words}>{version.note || <span className={styles.dim}>no note</span>}</Table.Td>
            <Table.Td>{version.createdBy.name}</Table.Td>
            <Table.Td ta="right" className={styles.dim}>
              <When at={version.createdAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </Section>
  );
}

/** "+12 −3, 4 with another expiry". */
function Change({ listKey, version }: { readonly listKey: string; readonly version: ListVersion }) {
  const compared = useQuery(managedListQuery(listKey, { from: version.number - 1, to: version.number }));
  const isExact = useCan("customer.read");
  const difference = compared.data?.difference;
  if (compared.error)
    return (
      <Button {...quiet} onClick={() => void compared.refetch()}>
        failed, try again
      </Button>
    );
  if (difference?.to !== version.number)
    return (
      <span className={styles.dim} role="status">
        comparing
      </span>
    );
  const { added, removed, changed } = difference;
  if (!isExact && added + removed + changed === 0) return <span className={styles.dim}>under {minimumCell}</span>;
  return (
    <>
      <span className={styles.change}>
        <Num signed value={added} /> <Num signed value={-removed} />
      </span>
      {changed > 0 && (
        <span className={styles.dim}>
          , <Num value={changed} /> with another expiry
        </span>
      )}
    </>
  );
}
