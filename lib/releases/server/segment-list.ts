import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import { listStates, type SegmentListQuery } from "../../segments/list-query";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import { Prisma } from "../../server/prisma/client";
import type { SegmentList } from "../overview-contract";
import { filterCondition, pageColumns, segmentStandings, sortOrder, stateConditions } from "./segment-filter";
import { listItems } from "./segment-list-items";

type PageRow = { id: string; members: number | null; lastPulledAt: Date | null; changedAt: Date };

/** One page of the segments, and how many stand in each state with the other filters as they are. */
export async function listSegments(ctx: Context, query: SegmentListQuery): Promise<SegmentList> {
  requirePermission(ctx.actor, "segment.read");
  const production = await productionKey(ctx.db);
  const states = stateConditions(ctx.now);
  const standings = segmentStandings(production);
  const matching = Prisma.sql`FROM (${standings}) facts WHERE ${filterCondition(query, ctx.actor)}`;
  const inState = query.state ? states[query.state] : Prisma.sql`true`;
  const [rows, counts] = await Promise.all([
    ctx.db.$queryRaw<PageRow[]>`
      WITH page AS (
        SELECT "id", row_number() OVER (ORDER BY ${sortOrder(query.sort, production)}) AS "place"
        ${matching} AND ${inState}
        ORDER BY "place" LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}
      )
      SELECT ${pageColumns(production)}
      FROM page JOIN (${standings}) facts ON facts."id" = page."id" ORDER BY page."place"`,
    ctx.db.$queryRaw<Record<string, number>[]>`
      SELECT count(*) FILTER (WHERE ${inState})::int AS "total", ${Prisma.join(
        listStates.map(
          (state) => Prisma.sql`count(*) FILTER (WHERE ${states[state]})::int AS ${Prisma.raw(`"${state}"`)}`,
        ),
      )} ${matching}`,
  ]);
  const { total = 0, ...byState } = counts[0] ?? {};
  const round = customerRounding(ctx.actor);
  const items = await listItems(ctx, production, rows, round);
  return { items, total, counts: byState };
}
