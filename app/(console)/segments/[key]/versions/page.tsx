import type { Metadata } from "next";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { VersionLine } from "@/components/segments/version-line";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { readSession } from "@/lib/access/server/read-session";
import { versionLineQuery } from "@/lib/releases/queries";
import { versionLine } from "@/lib/releases/server/version-line";
import { database } from "@/lib/server/database";
import { knownSegment } from "../../known-segment";

export const metadata: Metadata = { title: "Versions" };

export default async function VersionsPage({ params }: { readonly params: Promise<{ key: string }> }) {
  const { key } = await params;
  const actor = await readSession();
  if (!actor) return null;
  const ctx = { actor, db: database(), now: new Date() };
  const { overview, known } = await knownSegment(ctx, key);
  const line = await versionLine(ctx, key);
  const { name } = overview.segment;
  return (
    <Hydrated known={[...known, [versionLineQuery(key).queryKey, line]]}>
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
        <VersionLine overview={overview} />
      </PageBody>
    </Hydrated>
  );
}
