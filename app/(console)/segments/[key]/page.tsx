import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { SegmentScreen } from "@/components/segments/segment-screen";
import { readSession } from "@/lib/access/server/read-session";
import { isDomainError } from "@/lib/errors";
import { segmentOverviewQuery } from "@/lib/releases/queries";
import { segmentOverview } from "@/lib/releases/server/segment-overview";
import { database } from "@/lib/server/database";

type SegmentPageProps = { readonly params: Promise<{ key: string }> };

export async function generateMetadata({ params }: SegmentPageProps): Promise<Metadata> {
  return { title: (await params).key };
}

export default async function SegmentPage({ params }: SegmentPageProps) {
  const { key } = await params;
  const actor = await readSession();
  if (!actor) return null;
  const overview = await segmentOverview({ actor, db: database(), now: new Date() }, key).catch((error: unknown) => {
    if (isDomainError(error) && error.code === "not-found") notFound();
    throw error;
  });
  return (
    <Hydrated known={[[segmentOverviewQuery(key).queryKey, overview]]}>
      <TopBar crumbs={[{ label: "Segments", href: "/segments" }, { label: overview.segment.name }]} />
      <SegmentScreen segmentKey={key} />
    </Hydrated>
  );
}
