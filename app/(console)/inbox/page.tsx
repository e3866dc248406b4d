import type { Metadata } from "next";
import { Inbox } from "@/components/inbox/inbox";
import { TopBar } from "@/components/layout/top-bar";
import { PageBody } from "@/components/ui/page-body";

export const metadata: Metadata = { title: "Inbox" };

export default function InboxPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Inbox" }]} />
      <PageBody>
        <Inbox />
      </PageBody>
    </>
  );
}
