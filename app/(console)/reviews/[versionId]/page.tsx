import type { Metadata } from "next";
import { ReviewScreen } from "@/components/review/review-screen";

type ReviewPageProps = { readonly params: Promise<{ versionId: string }> };

export const metadata: Metadata = { title: "Review" };

export default async function ReviewPage({ params }: ReviewPageProps) {
  return <ReviewScreen versionId={(await params).versionId} />;
}
