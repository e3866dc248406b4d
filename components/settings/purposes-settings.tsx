"use client";

import { Select, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { createPurposeSchema, type purposeItemSchema } from "@/lib/catalogue/contract";
import { createPurpose } from "@/lib/catalogue/mutations";
import { purposeListQuery } from "@/lib/catalogue/queries";
import { AddDialog, AddForm } from "./add-dialog";
import { basisWords, optionsOf } from "./catalogue-words";
import styles from "./settings.module.css";

type PurposeItem = z.output<typeof purposeItemSchema>;

export function PurposesSettings() {
  const purposes = useQuery(purposeListQuery());
  const mayWrite = useCan("catalogue.write");
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>What customer data may be used for, and what each use rests on.</span>
        {mayWrite && <AddDialog title="Add a purpose">{(close) => <AddPurposeForm onClose={close} />}</AddDialog>}
      </div>
      <ServerTable
        label="Purposes"
        columns={columns}
        rows={purposes.data?.items}
        idOf={(item) => item.key}
        fetching={purposes.isFetching}
        error={purposes.error}
        onRetry={() => purposes.refetch()}
        empty={<EmptyState title="No purpose yet">A segment cannot be submitted without one.</EmptyState>}
      />
    </>
  );
}

const columns: readonly ServerColumn<PurposeItem>[] = [
  { key: "name", title: "Purpose", render: (item) => <NameCell name={item.name} sub={item.key} /> },
  { key: "basis", title: "Rests on", width: 170, render: (item) => basisWords[item.lawfulBasis] },
  { key: "description", title: "Means", render: (item) => item.description || "—" },
  { key: "segments", title: "Segments", width: 90, align: "right", render: (item) => <Num value={item.segments} /> },
];

function AddPurposeForm({ onClose }: { readonly onClose: () => void }) {
  const create = useMutation(createPurpose);
  const form = useForm<z.input<typeof createPurposeSchema>>({
    initialValues: { key: "", name: "", lawfulBasis: "consent", description: "" },
    validate: schemaResolver(createPurposeSchema, { sync: true }),
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
      <Select
        label="Rests on"
        description="With consent, only customers who granted it can be members; otherwise all who did not object."
        data={optionsOf(basisWords)}
        allowDeselect={false}
        {...form.getInputProps("lawfulBasis")}
      />
      <Textarea label="What it means" autosize minRows={2} {...form.getInputProps("description")} />
    </AddForm>
  );
}
