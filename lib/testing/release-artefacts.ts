import type { Artefact } from "../guards/artefact";
import type { Database } from "../server/database";
import { storedJson } from "../server/stored-json";

type Released = { readonly environment: string; readonly artefacts: readonly Artefact[]; readonly createdAt: Date };

/** One release for each artefact, at revisions from 1 on. As the owner with the triggers off: nothing was reviewed here. */
export async function releaseArtefacts(
  owner: Database,
  { environment, artefacts, createdAt }: Released,
): Promise<void> {
  await owner.$executeRaw`SET session_replication_role = replica`;
  const head = { key: environment, name: environment, position: 1, revision: artefacts.length };
  await owner.environment.create({ data: head });
  for (const [n, artefact] of artefacts.entries()) {
    const { key, name, contentHash } = artefact;
    const { id: segmentId } = await owner.segment.create({ data: { key, name, criticality: "operational" } });
    const data = { segmentId, number: 1, document: {}, contentHash, authorId: "bench" };
    const { id: versionId } = await owner.version.create({ data });
    const number = n + 1;
    await owner.revision.create({ data: { environmentKey: environment, number, kind: "release", createdAt } });
    await owner.release.create({
      data: {
        ...{ environmentKey: environment, segmentId, versionId, revision: number, kind: "release", contentHash },
        ...{ artefact: storedJson(artefact), actorId: "bench", createdAt },
      },
    });
  }
}
