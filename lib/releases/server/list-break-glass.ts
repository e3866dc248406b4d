import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { toPersonSummary } from "../../access/server/person-summary";
import type { Context } from "../../server/context";
import type { Person } from "../../server/prisma/client";
import { asPossible } from "../../versions/refusal";
import type { OpenBreakGlass, openBreakGlassListSchema } from "../break-glass-contract";
import { type BrokenRow, brokenParts, refusalOfClosing } from "./break-glass-row";

/** Releases without approvals that nobody has looked at yet, the most urgent first. */
export async function listBreakGlass(ctx: Context): Promise<z.output<typeof openBreakGlassListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const open = await ctx.db.breakGlassReview.findMany({
    where: { closedAt: null },
    orderBy: { dueAt: "asc" },
    include: brokenParts,
  });
  const person = await ctx.db.person.findUniqueOrThrow({ where: { id: ctx.actor.id } });
  return { items: await Promise.all(open.map((row) => toOpen(ctx, person, row))) };
}

async function toOpen({ db }: Context, person: Person, row: BrokenRow): Promise<OpenBreakGlass> {
  const { releaseId, dueAt, release } = row;
  const { version, reason, actor, createdAt, environmentKey } = release;
  return {
    ...{ releaseId, reason, environment: environmentKey },
    segment: { key: version.segment.key, name: version.segment.name },
    version: { id: version.id, number: version.number },
    by: toPersonSummary(actor),
    at: createdAt.toISOString(),
    dueAt: dueAt.toISOString(),
    possible: asPossible(await refusalOfClosing(db, person, row)),
  };
}
