import { releaseVersion } from "../releases/server/release-version";
import type { Rule } from "../rules/definition";
import { createSegment } from "../versions/server/create-segment";
import { openDraft } from "../versions/server/open-draft";
import { recordVerdict } from "../versions/server/record-verdict";
import { saveDraft } from "../versions/server/save-draft";
import { submitVersion } from "../versions/server/submit-version";
import { documentOf, type Governance } from "./governance";

/** A new version of a segment with that rule, approved but not released; the first creates the segment. */
export async function approvedRule(world: Governance, key: string, rule: Rule): Promise<string> {
  const ctx = world.as("author");
  const document = documentOf(key, { definition: { rule } });
  const known = await world.database.db.segment.findUnique({ where: { key } });
  const { version } = known ? await openDraft(ctx, { key }) : await createSegment(ctx, { document });
  if (known) await saveDraft(ctx, { key, document, basedOn: version.draftRevision });
  const sent = (await submitVersion(ctx, { id: version.id })).version;
  await recordVerdict(world.as("reviewer"), { id: sent.id, contentHash: sent.contentHash, verdict: "approve" });
  return sent.id;
}

export async function releasedRule(world: Governance, key: string, rule: Rule): Promise<string> {
  const id = await approvedRule(world, key, rule);
  await releaseVersion(world.as("operator"), { id, environment: "production" });
  return id;
}
