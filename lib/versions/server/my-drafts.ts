import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { isBlocking } from "../../findings";
import { checkGuarded } from "../../guards/check-guarded";
import { loadVocabulary } from "../../guards/server/load-vocabulary";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import type { draftListSchema } from "../contract";
import { toVersionSummary, versionParts } from "./version-row";

const mostDrafts = 50;

/** What the actor has begun or worked on, and was not submitted or was sent back; the last touched first. */
export async function myDrafts(ctx: Context): Promise<z.output<typeof draftListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const mine = { OR: [{ authorId: ctx.actor.id }, { contributions: { some: { personId: ctx.actor.id } } }] };
  const where = { state: { in: ["draft" as const, "changes_requested" as const] }, ...mine };
  const [versions, total, production] = await Promise.all([
    ctx.db.version.findMany({ where, include: versionParts, orderBy: { updatedAt: "desc" }, take: mostDrafts }),
    ctx.db.version.count({ where }),
    productionKey(ctx.db),
  ]);
  const vocabulary = await loadVocabulary(ctx.db, production, ...versions.map(({ document }) => document));
  const items = versions.map((version) => {
    const { findings } = checkGuarded(version.document, vocabulary, ctx.now.getTime());
    return {
      version: toVersionSummary(version),
      segment: { key: version.segment.key, name: version.segment.name },
      blocking: findings.filter(isBlocking).length,
      warnings: findings.filter(({ severity }) => severity === "warning").length,
    };
  });
  return { items, total };
}
