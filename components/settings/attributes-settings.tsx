"use client";

import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { TagList } from "@/components/ui/tag";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { attributeListQuery } from "@/lib/catalogue/queries";
import { typeWords } from "@/lib/catalogue/type-words";
import { AddAttributeForm } from "./add-attribute-form";
import { AttributeMeaning } from "./attribute-meaning";
import { ChangeAttributeForm } from "./change-catalogue-forms";
import styles from "./settings.module.css";

/** What rules may speak of; found by name, key, label or type. */
export function AttributesSettings() {
  const attributes = useQuery(attributeListQuery());
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault("").withOptions({ clearOnDefault: true }));
  const mayWrite = useCan("catalogue.write");
  const mayGuard = useCan("guard.write");
  const words = search.toLowerCase().trim();
  const rows = attributes.data?.items.filter((item) => searchText(item).includes(words));
  return (
    <>
      <div className={styles.bar}>
        <TextInput
          aria-label="Search attributes"
          placeholder="Name, key, type or label"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={280}
        />
        {mayWrite && <AddDialog title="Add an attribute">{(close) => <AddAttributeForm onClose={close} />}</AddDialog>}
      </div>
      <ServerTable
        label="Attributes"
        columns={mayWrite || mayGuard ? [...columns, changeColumn] : columns}
        rows={rows}
        idOf={(item) => item.key}
        fetching={attributes.isFetching}
        error={attributes.error}
        onRetry={() => attributes.refetch()}
        empty={
          <EmptyState title={words ? "No attribute matches" : "The catalogue has no attribute yet"}>
            {words ? "Try a part of its name." : "Import customers, or add what your rules should speak of."}
          </EmptyState>
        }
      />
    </>
  );
}

function searchText(item: AttributeItem): string {
  return [item.key, item.name, item.description, typeWords[item.type], ...labelsOf(item)].join(" ").toLowerCase();
}

/** Its own, and those of what it is computed from. */
function labelsOf({ labels, sourceLabels = [] }: AttributeItem): readonly string[] {
  return [...labels, ...sourceLabels];
}

const columns: readonly ServerColumn<AttributeItem>[] = [
  { key: "name", title: "Attribute", width: 210, render: (item) => <NameCell name={item.name} sub={item.key} /> },
  {
    key: "type",
    title: "Type",
    width: 150,
    render: (item) => [typeWords[item.type], item.unit].filter(Boolean).join(", "),
  },
  { key: "description", title: "Means", render: (item) => <AttributeMeaning item={item} /> },
  { key: "labels", title: "Labels", width: 150, render: (item) => <TagList tags={labelsOf(item)} /> },
  { key: "customers", title: "Known for", width: 84, align: "right", render: (item) => <Num value={item.customers} /> },
  { key: "missing", title: "Missing", width: 80, align: "right", render: (item) => <Num value={item.missing} /> },
  { key: "segments", title: "Segments", width: 80, align: "right", render: (item) => <Num value={item.segments} /> },
];

const changeColumn: ServerColumn<AttributeItem> = {
  key: "change",
  title: "",
  width: 90,
  align: "right",
  render: (item) => (
    <AddDialog title={`Change ${item.name}`} inRow="Change…">
      {(close) => <ChangeAttributeForm item={item} onClose={close} />}
    </AddDialog>
  ),
};
