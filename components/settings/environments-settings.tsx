"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import type { Environment } from "@/lib/releases/contract";
import { environmentListQuery } from "@/lib/releases/queries";
import { ChangeEnvironmentForm } from "./change-environment-form";

export function EnvironmentsSettings() {
  const environments = useQuery(environmentListQuery());
  const mayWrite = useCan("environment.write");
  const others = environments.data?.items ?? [];
  return (
    <ServerTable
      label="Environments"
      columns={mayWrite ? [...columns, changeColumn(others)] : columns}
      rows={environments.data?.items}
      idOf={(item) => item.key}
      fetching={environments.isFetching}
      error={environments.error}
      onRetry={() => environments.refetch()}
      empty={<EmptyState title="No environment">Staging and production are made at the first start.</EmptyState>}
    />
  );
}

const columns: readonly ServerColumn<Environment>[] = [
  { key: "name", title: "Environment", render: (item) => <NameCell name={item.name} sub={item.key} /> },
  {
    key: "approvals",
    title: "Approval policies",
    render: (item) => item.policies.map(({ name }) => name).join(", ") || "none",
  },
  {
    key: "promoted",
    title: "Takes versions from",
    width: 170,
    render: (item) => item.promotedFrom ?? "anywhere",
  },
  {
    key: "live",
    title: "Live segments",
    align: "right",
    width: 130,
    render: (item) => <Num value={item.liveSegments} />,
  },
  { key: "revision", title: "Revision", align: "right", width: 110, render: (item) => <Mono>r{item.revision}</Mono> },
  {
    key: "changed",
    title: "Newest change",
    align: "right",
    width: 140,
    render: (item) => <TimeAgo at={item.changedAt} />,
  },
];

const changeColumn = (others: readonly Environment[]): ServerColumn<Environment> => ({
  key: "change",
  title: "",
  width: 100,
  align: "right",
  render: (item) => (
    <AddDialog title={`Change ${item.name}`} inRow="Change…">
      {(close) => <ChangeEnvironmentForm item={item} others={others} onClose={close} />}
    </AddDialog>
  ),
});
