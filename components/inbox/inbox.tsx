"use client";

import { Button, Group, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { PageHeader } from "@/components/ui/page-header";
import { readNotices } from "@/lib/notices/mutations";
import { inboxQuery } from "@/lib/notices/queries";
import { MailSwitch } from "./mail-switch";
import { NoticePages } from "./notice-pages";

/** What the one who looks was told, newest first. */
export function Inbox() {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(["unread", "all"]).withDefault("unread"));
  const { data } = useInfiniteQuery(inboxQuery(view === "unread"));
  const read = useMutation(readNotices);
  const newest = data?.pages[0];
  return (
    <>
      <PageHeader
        title="Inbox"
        subtitle="What concerns you: reviews that wait, verdicts, releases, comments."
        actions={
          <Group gap="md">
            {newest && <MailSwitch mail={newest.mail} />}
            <Button
              disabled={!newest || newest.unread === 0}
              loading={read.isPending}
              onClick={() => read.mutate({ all: true })}
            >
              Mark all as read
            </Button>
            <SegmentedControl
              aria-label="Which notices"
              value={view}
              onChange={(value) => setView(value === "all" ? "all" : "unread")}
              data={[
                { value: "unread", label: "Unread" },
                { value: "all", label: "All" },
              ]}
            />
          </Group>
        }
      />
      <NoticePages key={view} unread={view === "unread"} />
    </>
  );
}
