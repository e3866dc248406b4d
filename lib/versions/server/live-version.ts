import { productionKey } from "../../segments/server/production";
import type { Database, Transaction } from "../../server/database";
import type { Refusal } from "../refusal";
import { type VersionRow, versionParts } from "./version-row";

/** The version that is current in production, emptied by the kill switch or not. */
export async function findLiveVersion(db: Database | Transaction, segmentId: string): Promise<VersionRow | null> {
  const release = await db.release.findFirst({
    where: { segmentId, environmentKey: await productionKey(db), endedAt: null },
    select: { version: { include: versionParts } },
  });
  return release?.version ?? null;
}

/** A draft that was opened from something else than what is live would undo what went live since. */
export function refusalOfBase(
  version: Pick<VersionRow, "id" | "baseVersionId">,
  live: Pick<VersionRow, "id" | "number"> | null,
): Refusal | null {
  if (live === null || live.id === version.id || live.id === version.baseVersionId) return null;
  const message = `Version ${live.number} is live, and this draft was not opened from it: rebase it onto what is live.`;
  return { code: "conflict", reason: "rebase-needed", message, detail: { live: live.number } };
}
