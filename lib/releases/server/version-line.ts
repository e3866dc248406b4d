import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { toPersonSummary } from "../../access/server/person-summary";
import { customerRounding } from "../../catalogue/small-cells";
import { requireSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Prisma } from "../../server/prisma/client";
import { toVersionSummary } from "../../versions/server/version-row";
import type { VersionLineItem, versionLineSchema } from "../history-contract";
import { releaseParts, toRelease } from "./release-row";

/** Lists are of many: neither documents nor artefacts are read. */
const lineParts = {
  omit: { document: true, evidence: true },
  include: {
    author: true,
    base: { select: { id: true, number: true } },
    contributions: { include: { person: true }, orderBy: { firstAt: "asc" } },
    verdicts: {
      where: { verdict: "approve", voided: null },
      include: { person: true },
      orderBy: { createdAt: "asc" },
    },
    releases: { include: releaseParts, omit: { artefact: true }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] },
  },
} as const satisfies Prisma.VersionDefaultArgs;

/** Every version of a segment with who wrote and approved it and where it was released, newest first. */
export async function versionLine(ctx: Context, key: string): Promise<z.output<typeof versionLineSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const { id: segmentId } = await requireSegment(ctx.db, key);
  return { items: await loadVersionLine(ctx, { segmentId }) };
}

export async function loadVersionLine(ctx: Context, where: Prisma.VersionWhereInput): Promise<VersionLineItem[]> {
  const rows = await ctx.db.version.findMany({ where, ...lineParts, orderBy: { number: "desc" } });
  const round = customerRounding(ctx.actor);
  return rows.map((row) => ({
    ...toVersionSummary(row),
    base: row.base,
    contributors: row.contributions.map(({ person }) => toPersonSummary(person)),
    approvals: row.verdicts
      .filter(({ contentHash, reviewCycle }) => contentHash === row.contentHash && reviewCycle === row.reviewCycle)
      .map(({ person, comment, createdAt }) => ({
        ...{ person: toPersonSummary(person), comment },
        createdAt: createdAt.toISOString(),
      })),
    releases: row.releases.map((release) => toRelease(release, release.contentHash, round)),
  }));
}
