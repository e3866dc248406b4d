import { productionKey } from "../../segments/server/production";
import type { Database, Transaction } from "../../server/database";
import type { Version } from "../../server/prisma/client";
import { requireVersion, type VersionRow } from "./version-row";

/** The version that is current in production, emptied by the kill switch or not. */
export async function findLiveVersion(db: Database | Transaction, segmentId: string): Promise<Version | null> {
  const release = await db.release.findFirst({
    where: { segmentId, environmentKey: await productionKey(db), endedAt: null },
    select: { version: true },
  });
  return release?.version ?? null;
}

/** The same with its people, for who shows it. */
export async function findLiveVersionRow(db: Database | Transaction, segmentId: string): Promise<VersionRow | null> {
  const live = await findLiveVersion(db, segmentId);
  return live && requireVersion(db, live.id);
}
