import { productionKey } from "../../segments/server/production";
import type { Database, Transaction } from "../../server/database";
import { type VersionRow, versionParts } from "./version-row";

/** The version that is current in production, emptied by the kill switch or not. */
export async function findLiveVersion(db: Database | Transaction, segmentId: string): Promise<VersionRow | null> {
  const release = await db.release.findFirst({
    where: { segmentId, environmentKey: await productionKey(db), endedAt: null },
    select: { version: { include: versionParts } },
  });
  return release?.version ?? null;
}
