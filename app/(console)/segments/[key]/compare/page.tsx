import type { Metadata } from "next";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { CompareScreen } from "@/components/review/compare-screen";
import { readSession } from "@/lib/access/server/read-session";
import { database } from "@/lib/server/database";
import { knownSegment } from "../../known-segment";

export const metadata: Metadata = { title: "Compare" };

export default async function ComparePage({ params }: { readonly params: Promise<{ key: string }> }) {
  const { key } = await params;
  const actor = await readSession();
  if (!actor) return null;
  const { overview, known } = await knownSegment({ actor, db: database(), now: new Date() }, key);
  return (
    <Hydrated known={known}>
      <TopBar
        crumbs={[
          { label: "Segments", href: "/segments" },
          { label: overview.segment.name, href: `/segments/${key}` },
          { label: "Versions", href: `/segments/${key}/versions` },
          { label: "Compare" },
        ]}
      />
      <CompareScreen segmentKey={key} />
    </Hydrated>
  );
}
