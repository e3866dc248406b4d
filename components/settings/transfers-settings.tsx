"use client";

import { Box, Select, Switch, Textarea } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { regionListQuery } from "@/lib/catalogue/queries";
import { proposeTransferSchema, type TransferItem } from "@/lib/changes/guard-contract";
import { proposeTransfer } from "@/lib/changes/mutations";
import { transferListQuery } from "@/lib/changes/queries";
import { transferGroundNames } from "@/lib/guards/transfer-rule";
import { optionsOf } from "./catalogue-words";
import { PolicyList, type PolicyRow } from "./policies/policy-list";
import { ProposeForm } from "./propose-form";
import settings from "./settings.module.css";

/** Which region's data may go to consumers that run in another, and on what ground. */
export function TransfersSettings() {
  const transfers = useQuery(transferListQuery());
  const mayWrite = useCan("guard.write");
  const nameOf = useRegionName();
  const { items = [], proposed = [] } = transfers.data ?? {};
  return (
    <Box mt="xl">
      <Section title="Transfers between regions" count={items.length}>
        <div className={settings.bar}>
          <span className={settings.said}>
            A consumer that runs in a region is told of its residents, and of others only where a rule lets their data
            go there. To change one takes two people.
          </span>
          {mayWrite && (
            <AddDialog title="Allow a transfer">{(close) => <TransferForm item={null} onClose={close} />}</AddDialog>
          )}
        </div>
        {transfers.isError && <ErrorState error={transfers.error} onRetry={() => void transfers.refetch()} />}
        {items.length + proposed.length > 0 && (
          <PolicyList
            label="Transfers between regions"
            proposed={proposed}
            rows={items.map((item) => rowOf(item, `From ${nameOf(item.from)} to ${nameOf(item.to)}`, mayWrite))}
          />
        )}
      </Section>
    </Box>
  );
}

function rowOf(item: TransferItem, way: string, mayWrite: boolean): PolicyRow {
  return {
    ...{ key: `${item.from} ${item.to}`, name: way, enabled: true, pending: item.pending, note: item.note },
    words: `on the ground of ${transferGroundNames[item.ground]}`,
    action: mayWrite && (
      <AddDialog title={way} inRow="Change…">
        {(close) => <TransferForm item={item} onClose={close} />}
      </AddDialog>
    ),
  };
}

function useRegionName(): (key: string) => string {
  const regions = useQuery(regionListQuery()).data?.items ?? [];
  return (key) => regions.find((region) => region.key === key)?.name ?? key;
}

type TransferValues = z.input<typeof proposeTransferSchema>;
type TransferFormProps = { readonly item: TransferItem | null; readonly onClose: () => void };

function TransferForm({ item, onClose }: TransferFormProps) {
  const { from = "", to = "", ground = "adequacy", note = "" } = item ?? {};
  return (
    <ProposeForm<TransferValues>
      schema={proposeTransferSchema}
      initialValues={{ from, to, ground, note, allowed: true, reason: "" }}
      mutation={proposeTransfer}
      onClose={onClose}
    >
      {(form) => (
        <>
          {item === null && <WayFields form={form} />}
          <Select
            label="On the ground of"
            data={optionsOf(transferGroundNames)}
            allowDeselect={false}
            {...form.getInputProps("ground")}
          />
          <Textarea label="Note" autosize minRows={1} {...form.getInputProps("note")} />
          {item !== null && (
            <Switch
              label="Allowed"
              description="Without it, consumers there are told nothing of it any more, at once."
              {...form.getInputProps("allowed", { type: "checkbox" })}
            />
          )}
        </>
      )}
    </ProposeForm>
  );
}

function WayFields({ form }: { readonly form: UseFormReturnType<TransferValues> }) {
  const regions = useQuery(regionListQuery()).data?.items ?? [];
  const data = regions.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <>
      <Select label="Data of those who reside in" data={data} required {...form.getInputProps("from")} />
      <Select label="May go to consumers that run in" data={data} required {...form.getInputProps("to")} />
    </>
  );
}
