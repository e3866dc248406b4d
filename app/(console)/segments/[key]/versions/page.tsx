import type { Metadata } from "next";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { VersionTable } from "@/components/segments/version-table";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { readSession } from "@/lib/access/server/read-session";
import { database } from "@/lib/server/database";
import { knownSegment } from "../../known-segment";

export const metadata: Metadata = { title: "Versions" };

export default async function VersionsPage({ params }: { readonly params: Promise<{ key: string }> }) {
  const { key } = await params;
  const actor = await readSession();
  if (!actor) return null;
  const { overview, known } = await knownSegment({ actor, db: database(), now: new Date() }, key);
  const { name } = overview.segment;
  return (
    <Hydrated known={known}>
      <TopBar
        crumbs={[
          { label: "Segments", href: "/segments" },
          { label: name, href: `/segments/${key}` },
          { label: "Versions" },
        ]}
      />
      <PageBody>
        <PageHeader
          title={name}
          subtitle="Every version, newest first. Its content never changes; its hash names it."
        />
        <VersionTable overview={overview} all />
      </PageBody>
    </Hydrated>
  );
}
