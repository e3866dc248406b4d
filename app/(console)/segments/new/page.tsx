import type { Metadata } from "next";
import { Hydrated } from "@/components/layout/hydrated";
import { TopBar } from "@/components/layout/top-bar";
import { NewSegmentForm } from "@/components/segments/new-segment";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { readSession } from "@/lib/access/server/read-session";
import { database } from "@/lib/server/database";
import { knownChoices } from "../known-choices";

export const metadata: Metadata = { title: "New segment" };

export default async function NewSegmentPage() {
  const actor = await readSession();
  if (!actor) return null;
  const known = await knownChoices({ actor, db: database(), now: new Date() });
  return (
    <Hydrated known={known}>
      <TopBar crumbs={[{ label: "Segments", href: "/segments" }, { label: "New" }]} />
      <PageBody narrow>
        <PageHeader
          title="New segment"
          subtitle="It starts as a draft; nothing happens for anyone before it is reviewed and released."
        />
        <NewSegmentForm />
      </PageBody>
    </Hydrated>
  );
}
