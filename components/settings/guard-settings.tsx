"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { z } from "zod";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import type { purposeItemSchema, regionItemSchema } from "@/lib/catalogue/contract";
import { purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import { AddPurposeForm, AddRegionForm } from "./add-catalogue-forms";
import { basisWords } from "./catalogue-words";
import { ChangePurposeForm, ChangeRegionForm } from "./change-catalogue-forms";
import styles from "./settings.module.css";

type PurposeItem = z.output<typeof purposeItemSchema>;
type RegionItem = z.output<typeof regionItemSchema>;

/** What segments may be used for. */
export function PurposesSettings() {
  return (
    <GuardSettings<PurposeItem>
      label="Purposes"
      said="What customer data may be used for, and what each use rests on. Privacy and administrators add them."
      list={useQuery(purposeListQuery())}
      columns={[{ key: "basis", title: "Rests on", width: 170, render: (item) => basisWords[item.lawfulBasis] }]}
      adding={<AddDialog title="Add a purpose">{(close) => <AddPurposeForm onClose={close} />}</AddDialog>}
      changing={(item, close) => <ChangePurposeForm item={item} onClose={close} />}
    />
  );
}

/** Where customers reside. */
export function RegionsSettings() {
  return (
    <GuardSettings<RegionItem>
      label="Regions"
      said="Where customers reside. A customer without a region is a member nowhere."
      list={useQuery(regionListQuery())}
      columns={[
        {
          key: "customers",
          title: "Customers",
          width: 120,
          align: "right",
          render: (item) => <Num value={item.customers} />,
        },
      ]}
      adding={<AddDialog title="Add a region">{(close) => <AddRegionForm onClose={close} />}</AddDialog>}
      changing={(item, close) => <ChangeRegionForm item={item} onClose={close} />}
    />
  );
}

type GuardItem = {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly segments: number;
};

type GuardSettingsProps<Item> = {
  readonly label: string;
  readonly said: string;
  readonly list: {
    readonly data: { readonly items: readonly Item[] } | undefined;
    readonly isFetching: boolean;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  /** Between name and meaning, and what they have in common. */
  readonly columns: readonly ServerColumn<Item>[];
  readonly adding: ReactNode;
  readonly changing: (item: Item, close: () => void) => ReactNode;
};

function GuardSettings<Item extends GuardItem>({
  label,
  said,
  list,
  columns,
  adding,
  changing,
}: GuardSettingsProps<Item>) {
  const mayWrite = useCan("guard.write");
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>{said}</span>
        {mayWrite && adding}
      </div>
      <ServerTable
        label={label}
        columns={[
          { key: "name", title: "Name", render: (item) => <NameCell name={item.name} sub={item.key} /> },
          { key: "description", title: "Means", render: (item) => item.description || "—" },
          ...columns,
          {
            key: "segments",
            title: "Segments",
            width: 90,
            align: "right",
            render: (item) => <Num value={item.segments} />,
          },
          {
            key: "change",
            title: "",
            width: 100,
            align: "right",
            hidden: !mayWrite,
            render: (item) => (
              <AddDialog title={`Change ${item.name}`} inRow="Change…">
                {(close) => changing(item, close)}
              </AddDialog>
            ),
          },
        ]}
        rows={list.data?.items}
        idOf={(item) => item.key}
        fetching={list.isFetching}
        error={list.error}
        onRetry={() => list.refetch()}
        empty={<EmptyState title={`No ${label.toLowerCase()} yet`}>A segment cannot be submitted without.</EmptyState>}
      />
    </>
  );
}
