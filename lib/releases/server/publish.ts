import { getEngine } from "../../engine/server/engine-instance";
import { keepMemberCount } from "../../engine/server/member-counts";
import type { Artefact } from "../../guards/artefact";
import { wake } from "../../jobs/wake";
import { materialisedAs } from "../../membership/server/follow-membership";
import { findFollower } from "../../membership/server/follower";
import { takeReleaseRevision, takeRevisionUnlogged } from "../../membership/server/revision-line";
import type { SegmentDocument } from "../../segments/document";
import { productionKey } from "../../segments/server/production";
import { searchColumns, standingColumns } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { log } from "../../server/log";
import type { Environment, ReleaseKind, VersionState } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import type { Quorum } from "../../versions/quorum";
import { stateWhenServed } from "../../versions/release-gates";
import { nextState, requireNextState } from "../../versions/state";
import { endPlans } from "./end-plans";
import { type ReleaseRow, releaseParts } from "./release-row";
import { requireUnreferred } from "./require-unreferred";

/** How long after a release without its approvals somebody else has looked at it. */
const breakGlassReviewMs = 24 * 3_600_000;

export type Publication = {
  readonly environment: Environment;
  readonly segmentId: string;
  readonly version: { readonly id: string; readonly state: VersionState; readonly document: SegmentDocument };
  readonly kind: ReleaseKind;
  readonly artefact: Artefact;
  readonly members: number;
  readonly reason: string;
  /** What was asked for and whose approvals filled it; absent where nothing was asked. */
  readonly quorum?: Quorum;
  /** The plan of which it is a step: any other one of the segment there is over. */
  readonly planId?: string;
};

/**
 * The one way in which what an environment serves changes: the next revision, the release with its artefact, the end
 * of the release before, the states of both versions. Needs the segment and the environment locked, in this order.
 */
export async function publish(tx: Transaction, ctx: Context, publication: Publication): Promise<ReleaseRow> {
  const { environment, segmentId, version, kind, artefact, members, reason } = publication;
  const environmentKey = environment.key;
  await requireUnreferred(tx, environmentKey, artefact);
  const former = await tx.release.findFirst({ where: { segmentId, environmentKey, endedAt: null } });
  const revision = await takeRevision(tx, ctx, publication);
  if (former) await tx.release.update({ where: { id: former.id }, data: { endedAt: ctx.now } });
  const release = await tx.release.create({
    data: {
      ...{ environmentKey, segmentId, versionId: version.id, revision, kind, members, reason },
      artefact: storedJson(artefact),
      contentHash: artefact.contentHash,
      ...(publication.quorum && { quorum: storedJson(publication.quorum) }),
      rolloutPercent: artefact.rolloutPercent,
      actorId: ctx.actor.id,
      createdAt: ctx.now,
      ...(kind === "break_glass" && {
        breakGlass: { create: { dueAt: new Date(ctx.now.getTime() + breakGlassReviewMs) } },
      }),
    },
    include: releaseParts,
  });
  await endPlans(tx, ctx, publication);
  const state = stateAfter(publication);
  if (state !== version.state) {
    await tx.version.updateMany({
      where: { id: version.id, state: version.state },
      data: { state, updatedAt: ctx.now },
    });
  }
  if (former && former.versionId !== version.id) await supersede(tx, ctx, former.versionId);
  if (environmentKey === (await productionKey(tx))) {
    await showLive(tx, ctx, publication);
    await wake(tx, "recheck-reviews");
  }
  await keepMemberCount(tx, { segmentId, environmentKey, members }, ctx.now);
  return release;
}

/** With it, whoever enters or leaves the segment is in the log. The kill switch works without the customers' data. */
async function takeRevision(tx: Transaction, ctx: Context, publication: Publication): Promise<number> {
  const { environment, kind, artefact } = publication;
  const next = {
    ...{ environment, kind, engine: getEngine(), now: ctx.now, cause: "release" as const },
    segments: [materialisedAs(artefact)],
  };
  if (kind !== "kill") return takeReleaseRevision(tx, next);
  return takeReleaseRevision(tx, next).catch((error: unknown) => {
    log.error({ err: error, segment: artefact.key }, "a killed segment's members are not logged yet");
    findFollower()?.touch("all", "release");
    return takeRevisionUnlogged(tx, next);
  });
}

function stateAfter({ kind, version, quorum }: Publication): VersionState {
  if (kind === "kill") return version.state;
  if (kind === "break_glass" && quorum) return requireNextState(version.state, "break_glass");
  return stateWhenServed(version.state, quorum !== undefined);
}

/** A version that no environment serves any more gives way. */
async function supersede(tx: Transaction, ctx: Context, versionId: string): Promise<void> {
  const served = await tx.release.count({ where: { versionId, endedAt: null } });
  if (served > 0) return;
  const state = nextState("released", "supersede");
  await tx.version.updateMany({ where: { id: versionId, state: "released" }, data: { state, updatedAt: ctx.now } });
}

/** Only a release was reviewed: neither a rollback nor the kill switch puts the next review off. */
async function showLive(tx: Transaction, ctx: Context, { segmentId, version, kind }: Publication): Promise<void> {
  const { lifecycle } = version.document;
  const reviewDueAt = new Date(ctx.now.getTime() + lifecycle.reviewEveryDays * 86_400_000);
  await tx.segment.update({
    where: { id: segmentId },
    data: {
      ...searchColumns(version.document),
      ...standingColumns(version.document),
      ...(kind === "release" ? { reviewDueAt } : {}),
    },
  });
}
