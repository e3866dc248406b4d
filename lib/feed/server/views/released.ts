import type { Engine } from "../../../engine/engine";
import { type LiveArtefact, listLiveArtefacts } from "../../../guards/server/live-artefacts";
import type { Database } from "../../../server/database";
import { newestErasure } from "./newest-erasure";
import { findResidences, noResidences, type Residences } from "./residences";

/** What an environment serves, before any scope narrows it. */
export type Released = {
  /** The environment's newest, of whatever kind. */
  readonly head: number;
  /** The newest of a release or an erasure: what is served changes with those only. */
  readonly revision: number;
  /** The newest of an erasure. */
  readonly erased: number;
  readonly artefacts: readonly LiveArtefact[];
  /** Where the customers reside whom rules name by hand. */
  readonly residences: Residences;
};

/** By environment. Read anew only where something else than memberships has changed since `known`. */
export async function readReleased(
  db: Database,
  engine: () => Engine,
  known: ReadonlyMap<string, Released>,
): Promise<Map<string, Released>> {
  const next = new Map<string, Released>();
  for (const { key, revision } of await db.environment.findMany({ select: { key: true, revision: true } })) {
    const before = known.get(key);
    const isServed = before && (before.head === revision || !(await isServedOtherwise(db, key, before.head)));
    const current = isServed ? { ...before, head: revision } : await readEnvironment(db, key);
    const residences = await findResidences(current.artefacts, engine, before?.residences).catch(
      () => before?.residences ?? noResidences,
    );
    next.set(key, { ...current, residences });
  }
  return next;
}

async function isServedOtherwise(db: Database, environment: string, since: number): Promise<boolean> {
  const where = { environmentKey: environment, number: { gt: since }, kind: { not: "membership" } };
  return (await db.revision.findFirst({ where, select: { number: true } })) !== null;
}

/** Revision and releases as of one instant: a release that commits meanwhile is in both or in neither. */
function readEnvironment(db: Database, environment: string): Promise<Omit<Released, "residences">> {
  return db.$transaction(
    async (tx) => {
      const { revision: head } = await tx.environment.findUniqueOrThrow({ where: { key: environment } });
      const artefacts = await listLiveArtefacts(tx, environment);
      const erased = await newestErasure(tx, environment);
      const revision = Math.max(erased, ...artefacts.map((live) => live.revision));
      return { head, revision, erased, artefacts };
    },
    { isolationLevel: "RepeatableRead" },
  );
}
