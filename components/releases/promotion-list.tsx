"use client";

import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { Section } from "@/components/ui/section";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { StateLabel } from "@/components/ui/state-glyph";
import { release } from "@/lib/releases/mutations";
import { type Promotion, promotionsPageSize } from "@/lib/releases/promotion-contract";
import { promotionListQuery } from "@/lib/releases/queries";
import styles from "./releases.module.css";

const [from, to] = ["staging", "production"];

/** Segments of which staging serves another version than production does, and what stands between. */
export function PromotionList() {
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<Promotion | null>(null);
  const mayRelease = useCan("version.release");
  const promotions = useQuery(promotionListQuery({ from, to, page }));
  const columns: readonly ServerColumn<Promotion>[] = [
    ...shown,
    {
      key: "promote",
      title: "",
      align: "right",
      width: 110,
      hidden: !mayRelease,
      render: (item) => (
        <Button size="xs" disabled={item.refusals.length > 0} onClick={() => setChosen(item)}>
          Promote…
        </Button>
      ),
    },
  ];
  return (
    <Section title="From staging to production" count={promotions.data?.total}>
      <ServerTable
        label="From staging to production"
        columns={columns}
        rows={promotions.data?.items}
        idOf={(item) => item.segment.key}
        total={promotions.data?.total ?? 0}
        page={page}
        pageSize={promotionsPageSize}
        onPage={setPage}
        fetching={promotions.isFetching}
        error={promotions.error}
        onRetry={() => promotions.refetch()}
        empty={<EmptyState title="Nothing to promote">Production serves the same versions as staging.</EmptyState>}
      />
      {chosen && <PromoteDialog promotion={chosen} onClose={() => setChosen(null)} />}
    </Section>
  );
}

const shown: readonly ServerColumn<Promotion>[] = [
  {
    key: "segment",
    title: "Segment",
    render: ({ segment }) => <TextLink href={`/segments/${segment.key}`}>{segment.name}</TextLink>,
  },
  {
    key: "from",
    title: "Staging",
    width: 170,
    render: (item) => (
      <>
        <StateLabel state="live">v{item.from.number}</StateLabel>{" "}
        <span className={styles.dim}>
          since <TimeAgo at={item.from.since} />
        </span>
      </>
    ),
  },
  {
    key: "to",
    title: "Production",
    width: 130,
    render: ({ to: served }) =>
      served ? (
        <StateLabel state={served.killed ? "killed" : "live"}>v{served.number}</StateLabel>
      ) : (
        <StateLabel state="never">never</StateLabel>
      ),
  },
  {
    key: "refusals",
    title: "What stands between",
    render: ({ refusals }) =>
      refusals.length === 0 ? (
        <span className={styles.dim}>nothing</span>
      ) : (
        <span className={styles.note}>{refusals.join(" ")}</span>
      ),
  },
];

type DialogProps = { readonly promotion: Promotion; readonly onClose: () => void };

function PromoteDialog({ promotion, onClose }: DialogProps) {
  const { mutate, isPending, error } = useMutation(release);
  const { segment, from: served, to: replaced } = promotion;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Promote ${segment.name} to production?`}
      confirm={`Release v${served.number} to production`}
      pending={isPending}
      error={error}
      onConfirm={() => mutate({ versionId: served.versionId, environment: to }, { onSuccess: onClose })}
    >
      v{served.number} {replaced ? `takes the place of v${replaced.number}` : "is served there for the first time"}, for
      all whom its rule takes. Every gate is checked again.
    </ConfirmDialog>
  );
}
