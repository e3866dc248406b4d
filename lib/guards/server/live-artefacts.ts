import type { Database, Transaction } from "../../server/database";
import { type Artefact, artefactSchema } from "../artefact";

export type LiveArtefact = {
  readonly releaseId: string;
  readonly segmentId: string;
  readonly versionId: string;
  readonly revision: number;
  readonly createdAt: Date;
  readonly artefact: Artefact;
};

/** What an environment serves now, by segment key; killed segments are among them, marked. */
export async function listLiveArtefacts(db: Database | Transaction, environment: string): Promise<LiveArtefact[]> {
  const rows = await db.release.findMany({
    where: { environmentKey: environment, endedAt: null },
    orderBy: { segment: { key: "asc" } },
    select: columns,
  });
  return rows.map(liveArtefact);
}

export async function findLiveArtefact(
  db: Database | Transaction,
  environment: string,
  segmentKey: string,
): Promise<LiveArtefact | null> {
  const row = await db.release.findFirst({
    where: { environmentKey: environment, endedAt: null, segment: { key: segmentKey } },
    select: columns,
  });
  return row && liveArtefact(row);
}

const columns = {
  id: true,
  segmentId: true,
  versionId: true,
  revision: true,
  createdAt: true,
  artefact: true,
} as const;

type Row = Omit<LiveArtefact, "releaseId" | "artefact"> & { readonly id: string; readonly artefact: unknown };

function liveArtefact({ id, artefact, ...row }: Row): LiveArtefact {
  return { ...row, releaseId: id, artefact: artefactSchema.parse(artefact) };
}
