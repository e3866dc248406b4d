import type { Metadata } from "next";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { SegmentScreen } from "@/components/segments/segment-screen";
import { readSession } from "@/lib/access/server/read-session";
import { database } from "@/lib/server/database";
import { knownSegment } from "../known-segment";

type SegmentPageProps = { readonly params: Promise<{ key: string }> };

export async function generateMetadata({ params }: SegmentPageProps): Promise<Metadata> {
  return { title: (await params).key };
}

export default async function SegmentPage({ params }: SegmentPageProps) {
  const { key } = await params;
  const actor = await readSession();
  if (!actor) return null;
  const { overview, known } = await knownSegment({ actor, db: database(), now: new Date() }, key);
  return (
    <Hydrated known={known}>
      <TopBar crumbs={[{ label: "Segments", href: "/segments" }, { label: overview.segment.name }]} />
      <SegmentScreen segmentKey={key} />
    </Hydrated>
  );
}
