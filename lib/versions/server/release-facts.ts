import type { Actor } from "../../access/actor";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { outdatedReferences } from "../../guards/server/outdated-references";
import type { Database, Transaction } from "../../server/database";
import type { Environment } from "../../server/prisma/client";
import { asPossible, permissionRefusal } from "../refusal";
import { type ReleaseFacts, refusalOfRelease } from "../release-gates";
import { tally } from "../review-policy";
import type { ReviewFacts } from "./review-facts";
import type { VersionRow } from "./version-row";

export async function loadReleaseFacts(
  db: Database | Transaction,
  environment: Environment,
  version: VersionRow,
  { content, verdicts }: ReviewFacts,
  rollout = 100,
): Promise<ReleaseFacts> {
  const live = await findLiveArtefact(db, environment.key, version.segment.key);
  const servedBefore = { versionId: version.id, environmentKey: environment.key };
  const gaveWay = live?.versionId !== version.id && (await db.release.count({ where: servedBefore })) > 0;
  const { given, complete } = tally(verdicts, content, environment.approvalsRequired);
  return {
    version,
    environment,
    rollout,
    segmentArchived: version.segment.state === "archived",
    gaveWay,
    approvals: { given, standing: complete },
    current: live && {
      versionId: live.versionId,
      number: live.artefact.version,
      contentHash: live.artefact.contentHash,
      rolloutPercent: live.artefact.rolloutPercent,
      killed: live.artefact.killed,
      outdated: (await outdatedReferences(db, environment.key, live.artefact)).length > 0,
    },
  };
}

/** For each environment, in order, whether the actor may release the version there now. */
export async function releasePossibilities(
  db: Database,
  actor: Pick<Actor, "roles">,
  version: VersionRow,
  facts: ReviewFacts,
): Promise<{ environment: string; name: string; allowed: boolean; why: string | null }[]> {
  const environments = await db.environment.findMany({ orderBy: { position: "asc" } });
  return Promise.all(
    environments.map(async (environment) => {
      const refusal =
        permissionRefusal(actor, "version.release") ??
        refusalOfRelease(await loadReleaseFacts(db, environment, version, facts));
      return { environment: environment.key, name: environment.name, ...asPossible(refusal) };
    }),
  );
}
