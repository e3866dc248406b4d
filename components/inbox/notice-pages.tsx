"use client";

import { Button, Group } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { NoticeRow } from "@/components/layout/notice-row";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { readNotices } from "@/lib/notices/mutations";
import { inboxQuery } from "@/lib/notices/queries";
import styles from "./inbox.module.css";
import { useNoticeKeys } from "./use-notice-keys";

/** The list itself, older pages on request. */
export function NoticePages({ unread }: { readonly unread: boolean }) {
  const list = useRef<HTMLUListElement>(null);
  const inbox = useInfiniteQuery(inboxQuery(unread));
  const read = useMutation(readNotices);
  useNoticeKeys(list, (id) => read.mutate({ ids: [id] }));
  if (inbox.error && !inbox.data) return <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} />;
  if (!inbox.data) return <TableSkeleton rowHeight={42} />;
  const notices = inbox.data.pages.flatMap(({ items }) => items);
  if (notices.length === 0) return <NothingThere unread={unread} />;
  return (
    <>
      <ul className={styles.list} ref={list} aria-label="Notices">
        {notices.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} />
        ))}
      </ul>
      {inbox.hasNextPage && (
        <Group justify="center" pt="md">
          <Button loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            Older
          </Button>
        </Group>
      )}
    </>
  );
}

function NothingThere({ unread }: { readonly unread: boolean }) {
  return unread ? (
    <EmptyState title="Nothing unread">What you have read is under All.</EmptyState>
  ) : (
    <EmptyState title="Nothing yet">What others do that concerns you is told here.</EmptyState>
  );
}
