import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Database } from "../../server/database";
import type { Environment } from "../../server/prisma/client";
import { refusalsOfRelease } from "../../versions/release-gates";
import { loadReleaseFacts } from "../../versions/server/release-facts";
import { loadReviewFacts } from "../../versions/server/review-facts";
import { requireVersion } from "../../versions/server/version-row";
import {
  type Promotion,
  type promotionListSchema,
  type promotionQuerySchema,
  promotionsPageSize,
} from "../promotion-contract";

/** Segments of which one environment serves another version than another does, by key. */
export async function listPromotions(
  ctx: Context,
  { from, to, page }: z.output<typeof promotionQuerySchema>,
): Promise<z.output<typeof promotionListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  await requireEnvironment(ctx.db, from);
  const target = await requireEnvironment(ctx.db, to);
  const [here, there] = await Promise.all([served(ctx.db, from), served(ctx.db, to)]);
  const thereByKey = new Map(there.map((each) => [each.segment.key, each]));
  const differing = here.filter(({ kind, segment, contentHash }) => {
    const other = thereByKey.get(segment.key);
    return kind !== "kill" && (other?.kind === "kill" || other?.contentHash !== contentHash);
  });
  const shown = differing.slice((page - 1) * promotionsPageSize, page * promotionsPageSize);
  const items = await Promise.all(
    shown.map(async (row): Promise<Promotion> => {
      const other = thereByKey.get(row.segment.key);
      return {
        segment: row.segment,
        from: toServed(row),
        to: other ? { ...toServed(other), killed: other.kind === "kill" } : null,
        refusals: await refusalsAt(ctx, target, row),
      };
    }),
  );
  return { items, total: differing.length };
}

async function requireEnvironment(db: Database, key: string): Promise<Environment> {
  const environment = await db.environment.findUnique({ where: { key } });
  if (!environment) throw notFound("environment", key);
  return environment;
}

function served(db: Database, environmentKey: string) {
  return db.release.findMany({
    where: { environmentKey, endedAt: null },
    orderBy: { segment: { key: "asc" } },
    select: {
      ...{ versionId: true, kind: true, contentHash: true, rolloutPercent: true, createdAt: true },
      segment: { select: { key: true, name: true } },
      version: { select: { number: true } },
    },
  });
}

type Row = Awaited<ReturnType<typeof served>>[number];

function toServed({ versionId, version, rolloutPercent, createdAt }: Row) {
  return { versionId, number: version.number, rolloutPercent, since: createdAt.toISOString() };
}

async function refusalsAt({ db, now }: Context, environment: Environment, row: Row): Promise<string[]> {
  const version = await requireVersion(db, row.versionId);
  if (version.contentHash !== row.contentHash) return ["The version was edited since it was released there."];
  const facts = await loadReleaseFacts(db, { environment, now }, version, await loadReviewFacts(db, version));
  return refusalsOfRelease(facts).map(({ message }) => message);
}
