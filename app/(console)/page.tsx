import type { Metadata } from "next";
import { Activity } from "@/components/home/activity";
import { FeedPanel } from "@/components/home/feed-panel";
import { Totals } from "@/components/home/totals";
import { WaitingList } from "@/components/home/waiting-list";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { formatLongInstant } from "@/components/ui/instant-format";
import { LinkButton } from "@/components/ui/link-button";
import { ColumnsBody, PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/access/permissions";
import { readSession } from "@/lib/access/server/read-session";
import { database } from "@/lib/server/database";
import { myDraftsQuery, reviewQueueQuery } from "@/lib/versions/queries";
import { myDrafts } from "@/lib/versions/server/my-drafts";
import { reviewQueue } from "@/lib/versions/server/review-queue";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const actor = await readSession();
  if (!actor) return null;
  const ctx = { actor, db: database(), now: new Date() };
  const [reviews, drafts] = await Promise.all([reviewQueue(ctx, { waiting: "me" }), myDrafts(ctx)]);
  return (
    <Hydrated
      known={[
        [reviewQueueQuery("me").queryKey, reviews],
        [myDraftsQuery().queryKey, drafts],
      ]}
    >
      <TopBar crumbs={[{ label: "Home" }]} />
      <PageBody>
        <PageHeader
          title="Waiting for you"
          subtitle={formatLongInstant(ctx.now)}
          actions={can(actor, "segment.write") && <LinkButton href="/segments/new">New segment</LinkButton>}
        />
        <ColumnsBody
          side={
            <>
              <FeedPanel />
              <Activity />
            </>
          }
        >
          <WaitingList />
        </ColumnsBody>
        <Totals />
      </PageBody>
    </Hydrated>
  );
}
