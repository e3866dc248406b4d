"use client";

import { ActionIcon, Button, Indicator, Popover, ScrollArea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TextLink } from "@/components/ui/link-button";
import { formatNumber } from "@/components/ui/number-format";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { readNotices } from "@/lib/notices/mutations";
import { latestNoticesQuery } from "@/lib/notices/queries";
import { NoticeRow } from "./notice-row";
import styles from "./notices.module.css";

const countedTo = 99;

/** How many notices are unread, and the newest of them all. */
export function InboxBell() {
  const [opened, popover] = useDisclosure(false);
  const { data } = useQuery(latestNoticesQuery());
  const unread = data?.unread ?? 0;
  return (
    <Popover opened={opened} onChange={popover.set} position="bottom-end" width={400} trapFocus returnFocus>
      <Indicator
        inline
        label={<span aria-hidden>{unread > countedTo ? `${countedTo}+` : unread}</span>}
        disabled={unread === 0}
        size={15}
        offset={6}
        classNames={{ indicator: styles.count }}
      >
        <Popover.Target>
          <ActionIcon
            aria-label={unread > 0 ? `Inbox, ${formatNumber(unread)} unread` : "Inbox"}
            onClick={popover.toggle}
          >
            <IconBell size={16} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        <NewestNotices unread={unread} onLeave={popover.close} />
      </Popover.Dropdown>
    </Popover>
  );
}

type NewestNoticesProps = { readonly unread: number; readonly onLeave: () => void };

function NewestNotices({ unread, onLeave }: NewestNoticesProps) {
  const read = useMutation(readNotices);
  return (
    <>
      <div className={styles.head}>
        Inbox
        {unread > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={read.isPending}
            onClick={() => read.mutate({ all: true })}
          >
            Mark all as read
          </Button>
        )}
      </div>
      <ScrollArea.Autosize mah={420}>
        <NoticeList onLeave={onLeave} />
      </ScrollArea.Autosize>
      <div className={styles.foot}>
        <TextLink href="/inbox">All notices</TextLink>
      </div>
    </>
  );
}

function NoticeList({ onLeave }: { readonly onLeave: () => void }) {
  const { data, error, refetch } = useQuery(latestNoticesQuery());
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <TableSkeleton rowHeight={42} rows={4} />;
  if (data.items.length === 0) return <EmptyState title="Nothing yet">What concerns you is told here.</EmptyState>;
  return (
    <ul className={styles.list}>
      {data.items.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} onOpen={onLeave} />
      ))}
    </ul>
  );
}
