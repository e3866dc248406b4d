"use client";

import { useQuery } from "@tanstack/react-query";
import { TopBar } from "@/components/layout/top-bar";
import { useCan } from "@/components/layout/viewer";
import { ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { formatCount } from "@/components/ui/number-format";
import { SplitBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { ManagedList } from "@/lib/lists/contract";
import { managedListQuery } from "@/lib/lists/queries";
import { CustomerCount } from "./customer-count";
import { ListEntries } from "./list-entries";
import { ListUse } from "./list-use";
import { ListVersions } from "./list-versions";
import styles from "./lists.module.css";
import { UploadDialog } from "./upload-dialog";

/** One list: who is on it, how it came to be so, which segments stand on it. */
export function ListScreen({ listKey }: { readonly listKey: string }) {
  const { data, error, refetch } = useQuery(managedListQuery(listKey));
  return (
    <>
      <TopBar crumbs={[{ label: "Lists", href: "/lists" }, { label: data?.list.name ?? listKey }]} />
      {error && !data ? (
        <ErrorState error={error} title="The list could not be read" onRetry={() => void refetch()} wholePage />
      ) : data ? (
        <Loaded managed={data} />
      ) : (
        <TableSkeleton rows={10} />
      )}
    </>
  );
}

function Loaded({ managed }: { readonly managed: ManagedList }) {
  const { list } = managed;
  const mayWrite = useCan("segment.write");
  return (
    <>
      <PageHeader
        divided
        title={list.name}
        subtitle={<Newest managed={managed} />}
        actions={mayWrite && <UploadDialog list={list} />}
      />
      <SplitBody side={<ListUse managed={managed} />} sideWidth={330} sideLabel="Where it is used">
        <div className={styles.sections}>
          {list.description && <p className={styles.description}>{list.description}</p>}
          <ListEntries list={list} />
          <ListVersions managed={managed} />
        </div>
      </SplitBody>
    </>
  );
}

function Newest({ managed: { list, versions } }: { readonly managed: ManagedList }) {
  const [newest] = versions;
  if (!newest) return <>Nobody is on it: nothing was uploaded yet.</>;
  return (
    <>
      <Mono>v{newest.number}</Mono> with <CustomerCount value={list.size} /> customers, uploaded by{" "}
      {newest.createdBy.name} <TimeAgo at={newest.createdAt} />
      {list.expiringSoon > 0 &&
        `; ${list.expiringSoon === 1 ? "one entry expires" : `${formatCount(list.expiringSoon, "entry", "entries")} expire`} within 30 days`}
    </>
  );
}
