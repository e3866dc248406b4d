import { pinnedReferencesOf } from "../../rules/pinned-versions";
import type { LiveSegment } from "../../rules/vocabulary";
import type { Database, Transaction } from "../../server/database";
import { type Artefact, takesNobody } from "../artefact";
import { frozenArtefacts } from "./frozen-artefacts";

export type LiveArtefact = {
  readonly releaseId: string;
  readonly segmentId: string;
  readonly versionId: string;
  readonly revision: number;
  readonly createdAt: Date;
  readonly artefact: Artefact;
};

/** What an environment serves now, by segment key; killed and archived ones are among them, marked. */
export async function listLiveArtefacts(db: Database | Transaction, environment: string): Promise<LiveArtefact[]> {
  const rows = await db.release.findMany({
    where: { environmentKey: environment, endedAt: null },
    orderBy: { segment: { key: "asc" } },
    select: columns,
  });
  return withArtefacts(db, rows);
}

/** What an environment served when it came to a revision, by segment key. */
export async function listArtefactsAt(
  db: Database | Transaction,
  environment: string,
  revision: number,
): Promise<LiveArtefact[]> {
  const newest = await db.release.groupBy({
    by: ["segmentId"],
    where: { environmentKey: environment, revision: { lte: revision } },
    _max: { revision: true },
  });
  const revisions = newest.flatMap(({ _max }) => _max.revision ?? []);
  const rows = await db.release.findMany({
    where: { environmentKey: environment, revision: { in: revisions } },
    orderBy: { segment: { key: "asc" } },
    select: columns,
  });
  return withArtefacts(db, rows);
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
  const [live] = row ? await withArtefacts(db, [row]) : [];
  return live ?? null;
}

/** By key whatever an environment serves to somebody, with the segments that each refers to. */
export async function listNeighbours(
  db: Database | Transaction,
  environment: string,
): Promise<ReadonlyMap<string, LiveSegment>> {
  const live = await listLiveArtefacts(db, environment);
  return new Map(
    live.flatMap(({ artefact }) => {
      if (takesNobody(artefact)) return [];
      const referred = pinnedReferencesOf(artefact.parts.rule).filter(({ kind }) => kind === "segment");
      return [[artefact.key, { name: artefact.name, refersTo: referred.map(({ key }) => key) }]];
    }),
  );
}

const columns = { id: true, segmentId: true, versionId: true, revision: true, createdAt: true } as const;

type Row = Omit<LiveArtefact, "releaseId" | "artefact"> & { readonly id: string };

async function withArtefacts(db: Database | Transaction, rows: readonly Row[]): Promise<LiveArtefact[]> {
  const artefacts = await frozenArtefacts(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, ...row }) => {
    const artefact = artefacts.get(id);
    return artefact ? [{ ...row, releaseId: id, artefact }] : [];
  });
}
