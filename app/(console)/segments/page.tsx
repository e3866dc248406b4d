import type { Metadata } from "next";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { SegmentList } from "@/components/segments/segment-list";
import { PageBody } from "@/components/ui/page-body";
import { readSession } from "@/lib/access/server/read-session";
import { segmentListQuery } from "@/lib/releases/queries";
import { listSegments } from "@/lib/releases/server/segment-list";
import { segmentListQuerySchema } from "@/lib/segments/list-query";
import { database } from "@/lib/server/database";
import { knownChoices } from "./known-choices";

export const metadata: Metadata = { title: "Segments" };

type SegmentsPageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SegmentsPage({ searchParams }: SegmentsPageProps) {
  const actor = await readSession();
  const parsed = segmentListQuerySchema.safeParse(await searchParams);
  if (!actor) return null;
  const query = parsed.success ? parsed.data : segmentListQuerySchema.parse({});
  const ctx = { actor, db: database(), now: new Date() };
  const [list, choices] = await Promise.all([listSegments(ctx, query), knownChoices(ctx)]);
  return (
    <Hydrated known={[[segmentListQuery(query).queryKey, list], ...choices]}>
      <TopBar crumbs={[{ label: "Segments" }]} />
      <PageBody>
        <SegmentList />
      </PageBody>
    </Hydrated>
  );
}
