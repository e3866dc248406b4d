import type { Metadata } from "next";
import { TopBar } from "@/components/layout/top-bar";
import { ReviewQueue } from "@/components/review/review-queue";
import { PageBody } from "@/components/ui/page-body";

export const metadata: Metadata = { title: "Reviews" };

export default function ReviewsPage() {
  return (
    <>
      <TopBar crumbs={[{ label: "Reviews" }]} />
      <PageBody>
        <ReviewQueue />
      </PageBody>
    </>
  );
}
