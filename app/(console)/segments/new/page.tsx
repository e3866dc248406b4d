import type { Metadata } from "next";
import { TopBar } from "@/components/layout/top-bar";
import { NewSegmentForm } from "@/components/segments/new-segment";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";

export const metadata: Metadata = { title: "New segment" };

export default function NewSegmentPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Segments", href: "/segments" }, { label: "New" }]} />
      <PageBody narrow>
        <PageHeader
          title="New segment"
          subtitle="It starts as a draft; nothing happens for anyone before it is reviewed and released."
        />
        <NewSegmentForm />
      </PageBody>
    </>
  );
}
