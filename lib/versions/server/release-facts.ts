import type { Actor } from "../../access/actor";
import { findLiveArtefact, type LiveArtefact } from "../../guards/server/live-artefacts";
import { outdatedReferences } from "../../guards/server/outdated-references";
import type { Database, Transaction } from "../../server/database";
import type { Environment } from "../../server/prisma/client";
import { asPossible, permissionRefusal } from "../refusal";
import { type ReleaseFacts, refusalOfRelease } from "../release-gates";
import { type Tally, tally } from "../review-policy";
import { asksIn, type ReviewFacts } from "./review-facts";
import type { VersionRow } from "./version-row";

export type AskedRelease = { readonly environment: Environment; readonly now: Date; readonly rollout?: number };

export type LoadedReleaseFacts = ReleaseFacts & { readonly tally: Tally; readonly live: LiveArtefact | null };

export async function loadReleaseFacts(
  db: Database | Transaction,
  { environment, now, rollout = 100 }: AskedRelease,
  version: VersionRow,
  review: ReviewFacts,
): Promise<LoadedReleaseFacts> {
  const live = await findLiveArtefact(db, environment.key, version.segment.key);
  const servedBefore = { versionId: version.id, environmentKey: environment.key };
  const gaveWay = live?.versionId !== version.id && (await db.release.count({ where: servedBefore })) > 0;
  return {
    version,
    environment: {
      name: environment.name,
      frozen: await frozenBecause(db, environment.key, now),
      servedFirstBy: await servedFirstBy(db, environment, version),
    },
    rollout,
    gaveWay,
    tally: tallyFor(environment.key, review, isServed(live, version.id)),
    live,
    current: live && {
      versionId: live.versionId,
      number: live.artefact.version,
      contentHash: live.artefact.contentHash,
      rolloutPercent: live.artefact.rolloutPercent,
      killed: live.artefact.killed,
      since: live.createdAt,
      outdated: (await outdatedReferences(db, environment.key, live.artefact)).length > 0,
    },
  };
}

/**
 * Whether the version is live there: then more or fewer customers are served what was released, with its references
 * as they were approved, and it does not matter that those have changed since.
 */
export function isServed(live: LiveArtefact | null, versionId: string): boolean {
  return live !== null && live.versionId === versionId && !live.artefact.killed;
}

function tallyFor(environment: string, review: ReviewFacts, served: boolean): Tally {
  const asks = asksIn(environment, review);
  const standing = (cast: ReviewFacts["verdicts"][number]) => ({ ...cast, voidedBy: cast.row.voided?.reason ?? null });
  return tally(served ? review.verdicts.map(standing) : review.verdicts, review.content, asks);
}

/** Why nothing is released to an environment at an instant, or null. */
export async function frozenBecause(
  db: Database | Transaction,
  environmentKey: string,
  at: Date,
): Promise<string | null> {
  const window = await db.freezeWindow.findFirst({
    where: { environmentKey, from: { lte: at }, until: { gt: at }, endedAt: null },
    orderBy: { until: "desc" },
  });
  return window && `${window.reason} (until ${window.until.toISOString()})`;
}

async function servedFirstBy(
  db: Database | Transaction,
  { promotedFrom }: Environment,
  { id: versionId, contentHash }: Pick<VersionRow, "id" | "contentHash">,
): Promise<string | null> {
  if (promotedFrom === null) return null;
  const served = { versionId, contentHash, environmentKey: promotedFrom, endedAt: null };
  if ((await db.release.count({ where: { ...served, kind: { not: "kill" } } })) > 0) return null;
  const first = await db.environment.findUnique({ where: { key: promotedFrom }, select: { name: true } });
  return first?.name ?? promotedFrom;
}

/** For each environment, in order, whether the actor may release the version there now. */
export async function releasePossibilities(
  db: Database,
  ctx: { readonly actor: Pick<Actor, "roles">; readonly now: Date },
  version: VersionRow,
  facts: ReviewFacts,
): Promise<{ environment: string; name: string; allowed: boolean; why: string | null }[]> {
  const environments = await db.environment.findMany({ orderBy: { position: "asc" } });
  return Promise.all(
    environments.map(async (environment) => {
      const refusal =
        permissionRefusal(ctx.actor, "version.release") ??
        refusalOfRelease(await loadReleaseFacts(db, { environment, now: ctx.now }, version, facts));
      return { environment: environment.key, name: environment.name, ...asPossible(refusal) };
    }),
  );
}
