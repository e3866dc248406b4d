import type { Metadata } from "next";
import { Editor } from "@/components/editor/editor";
import { Hydrated } from "@/components/layout/hydrated";
import { readSession } from "@/lib/access/server/read-session";
import { database } from "@/lib/server/database";
import { knownSegment } from "../../known-segment";

export const metadata: Metadata = { title: "Draft" };

export default async function DraftPage({ params }: { readonly params: Promise<{ key: string }> }) {
  const { key } = await params;
  const actor = await readSession();
  if (!actor) return null;
  const { known } = await knownSegment({ actor, db: database(), now: new Date() }, key);
  return (
    <Hydrated known={known}>
      <Editor segmentKey={key} />
    </Hydrated>
  );
}
