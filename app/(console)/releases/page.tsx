import { Stack } from "@mantine/core";
import type { Metadata } from "next";
import { TopBar } from "@/components/layout/top-bar";
import { PromotionList } from "@/components/releases/promotion-list";
import { RolloutList } from "@/components/releases/rollout-list";
import { ScheduleList } from "@/components/releases/schedule-list";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";

export const metadata: Metadata = { title: "Releases" };

export default function ReleasesPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Releases" }]} />
      <PageBody>
        <PageHeader
          title="Releases"
          subtitle="What goes out by itself, and what one environment serves and the next does not."
        />
        <Stack gap="xl">
          <RolloutList />
          <ScheduleList />
          <PromotionList />
        </Stack>
      </PageBody>
    </>
  );
}
