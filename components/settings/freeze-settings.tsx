"use client";

import { Button, Stack, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { AddDialog, AddForm } from "@/components/ui/add-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { formatInstant } from "@/components/ui/instant-format";
import { Section } from "@/components/ui/section";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { StateLabel } from "@/components/ui/state-glyph";
import { useNow } from "@/components/ui/use-now";
import { UtcPicker } from "@/components/ui/utc-picker";
import { proposal } from "@/lib/changes/mutations";
import type { Environment } from "@/lib/releases/contract";
import { beginFreezeSchema, type Freeze } from "@/lib/releases/freeze-contract";
import { beginFreeze } from "@/lib/releases/mutations";
import { environmentListQuery, freezeListQuery } from "@/lib/releases/queries";

/** Times in which nothing is released, environment by environment, the last in line first. */
export function FreezeSettings() {
  const environments = useQuery(environmentListQuery());
  return (
    <Stack gap="xl" mt="xl">
      {environments.data?.items.toReversed().map((environment) => (
        <Freezes key={environment.key} of={environment} />
      ))}
    </Stack>
  );
}

/** To end one early takes two people. */
function Freezes({ of }: { readonly of: Environment }) {
  const mayFreeze = useCan("freeze.write");
  const freezes = useQuery(freezeListQuery(of.key));
  const label = `Freezes of ${of.name}`;
  return (
    <Section
      title={label}
      count={freezes.data?.items.length}
      aside={
        mayFreeze && (
          <AddDialog title={`Freeze ${of.name}`} inRow="Freeze…">
            {(close) => <FreezeForm environment={of.key} onClose={close} />}
          </AddDialog>
        )
      }
    >
      <ServerTable
        label={label}
        columns={columns}
        rows={freezes.data?.items}
        idOf={(item) => item.id}
        fetching={freezes.isFetching}
        error={freezes.error}
        onRetry={() => freezes.refetch()}
        rowHeight={34}
        empty={
          <EmptyState title="No freeze">
            While one lasts nothing is released; rollback and the kill switch remain.
          </EmptyState>
        }
      />
    </Section>
  );
}

const columns: readonly ServerColumn<Freeze>[] = [
  { key: "state", title: "State", width: 130, render: (item) => <FreezeState freeze={item} /> },
  { key: "from", title: "From", width: 190, render: (item) => formatInstant(item.from) },
  { key: "until", title: "Until", width: 190, render: (item) => formatInstant(item.until) },
  { key: "reason", title: "Why", render: (item) => item.reason },
  { key: "by", title: "By", width: 160, render: (item) => item.createdBy.name },
  { key: "end", title: "", align: "right", width: 130, render: (item) => <EndEarly freeze={item} /> },
];

function FreezeState({ freeze: { from, until, endedAt } }: { readonly freeze: Freeze }) {
  const now = useNow();
  if (endedAt) return <StateLabel state="never">ended early</StateLabel>;
  if (Date.parse(until) <= now) return <StateLabel state="never">over</StateLabel>;
  return Date.parse(from) <= now ? (
    <StateLabel state="attention">lasts</StateLabel>
  ) : (
    <StateLabel state="scheduled">to come</StateLabel>
  );
}

function EndEarly({ freeze: { id, until, endedAt, reason: why } }: { readonly freeze: Freeze }) {
  const now = useNow();
  const mayFreeze = useCan("freeze.write");
  const [opened, setOpened] = useState(false);
  const { mutate, isPending, error } = useMutation(
    proposal<{ until: string; ended: true; reason: string }>("freeze-end", id),
  );
  if (!mayFreeze || endedAt || Date.parse(until) <= now) return null;
  return (
    <>
      <Button size="xs" onClick={() => setOpened(true)}>
        End early…
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title="Propose to end the freeze now?"
        confirm="Propose it"
        reason="Why"
        pending={isPending}
        error={error}
        onConfirm={(reason) => mutate({ until, ended: true, reason }, { onSuccess: () => setOpened(false) })}
      >
        Somebody else who may freeze decides. Until then it lasts: {why}
      </ConfirmDialog>
    </>
  );
}

function FreezeForm({ environment, onClose }: { readonly environment: string; readonly onClose: () => void }) {
  return (
    <AddForm
      schema={beginFreezeSchema}
      initialValues={{ from: new Date().toISOString(), until: "", reason: "" }}
      mutation={beginFreeze(environment)}
      onClose={onClose}
    >
      {({ getInputProps, values, setFieldValue }) => (
        <>
          <UtcPicker
            label="From"
            required
            value={values.from}
            onChange={(instant) => setFieldValue("from", instant ?? "")}
            error={getInputProps("from").error}
          />
          <UtcPicker
            label="Until"
            required
            value={values.until}
            onChange={(instant) => setFieldValue("until", instant ?? "")}
            error={getInputProps("until").error}
          />
          <Textarea label="Why" required {...getInputProps("reason")} />
        </>
      )}
    </AddForm>
  );
}
