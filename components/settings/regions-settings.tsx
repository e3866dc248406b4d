"use client";

import { Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { createRegionSchema, type regionItemSchema } from "@/lib/catalogue/contract";
import { createRegion } from "@/lib/catalogue/mutations";
import { regionListQuery } from "@/lib/catalogue/queries";
import { AddDialog, AddForm } from "./add-dialog";
import styles from "./settings.module.css";

type RegionItem = z.output<typeof regionItemSchema>;

export function RegionsSettings() {
  const regions = useQuery(regionListQuery());
  const mayWrite = useCan("catalogue.write");
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>Where customers reside. A customer without a region is a member nowhere.</span>
        {mayWrite && <AddDialog title="Add a region">{(close) => <AddRegionForm onClose={close} />}</AddDialog>}
      </div>
      <ServerTable
        label="Regions"
        columns={columns}
        rows={regions.data?.items}
        idOf={(item) => item.key}
        fetching={regions.isFetching}
        error={regions.error}
        onRetry={() => regions.refetch()}
        empty={<EmptyState title="No region yet">A segment cannot be submitted without one.</EmptyState>}
      />
    </>
  );
}

const columns: readonly ServerColumn<RegionItem>[] = [
  { key: "name", title: "Region", render: (item) => <NameCell name={item.name} sub={item.key} /> },
  { key: "description", title: "Means", render: (item) => item.description || "—" },
  {
    key: "customers",
    title: "Customers",
    width: 120,
    align: "right",
    render: (item) => <Num value={item.customers} />,
  },
  { key: "segments", title: "Segments", width: 90, align: "right", render: (item) => <Num value={item.segments} /> },
];

function AddRegionForm({ onClose }: { readonly onClose: () => void }) {
  const create = useMutation(createRegion);
  const form = useForm<z.input<typeof createRegionSchema>>({
    initialValues: { key: "", name: "", description: "" },
    validate: schemaResolver(createRegionSchema, { sync: true }),
  });
  return (
    <AddForm
      onSubmit={form.onSubmit((values) => create.mutate(values, { onSuccess: onClose }))}
      onClose={onClose}
      pending={create.isPending}
      error={create.error}
    >
      <TextInput label="Name" data-autofocus required {...form.getInputProps("name")} />
      <TextInput label="Key" description="a-z, 0-9, _ and -" required {...form.getInputProps("key")} />
      <Textarea label="What it covers" autosize minRows={2} {...form.getInputProps("description")} />
    </AddForm>
  );
}
