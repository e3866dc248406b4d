import type { Actor } from "../../access/actor";
import type { listStates, SegmentListQuery } from "../../segments/list-query";
import { Prisma } from "../../server/prisma/client";

export type ListState = (typeof listStates)[number];

/**
 * One row for each segment with what a list filters and sorts by: what is current in production, the open version, the
 * last count, the last pull of a key that is told of the segment.
 */
export function segmentFacts(production: string): Prisma.Sql {
  return Prisma.sql`
    SELECT s.*, current."kind" AS "currentKind", open."state" AS "openState", counted."members" AS "members",
      pulled."at" AS "lastPulledAt",
      greatest(s."createdAt", newest."updatedAt", current."createdAt") AS "changedAt"
    FROM "Segment" s
    LEFT JOIN "Release" current
      ON current."segmentId" = s."id" AND current."environmentKey" = ${production} AND current."endedAt" IS NULL
    LEFT JOIN LATERAL (
      SELECT v."updatedAt" FROM "Version" v WHERE v."segmentId" = s."id" ORDER BY v."number" DESC LIMIT 1
    ) newest ON true
    LEFT JOIN LATERAL (
      SELECT v."state" FROM "Version" v
      WHERE v."segmentId" = s."id" AND v."state" IN ('draft', 'in_review', 'changes_requested', 'approved')
      ORDER BY v."number" DESC LIMIT 1
    ) open ON true
    LEFT JOIN LATERAL (
      SELECT c."members" FROM "MemberCount" c
      WHERE c."segmentId" = s."id" AND c."environmentKey" = ${production} ORDER BY c."day" DESC LIMIT 1
    ) counted ON true
    LEFT JOIN LATERAL (
      SELECT max(k."lastPulledAt") AS "at" FROM "ConsumerKey" k
      WHERE k."environmentKey" = ${production} AND k."revokedAt" IS NULL
        AND k."regions" && s."regions" AND k."purposes" && s."purposes"
    ) pulled ON true`;
}

/** The tabs of the list. A segment may stand in several: live, and a draft of it under way. */
export function stateConditions(now: Date): Record<ListState, Prisma.Sql> {
  return {
    live: Prisma.sql`"state" <> 'archived' AND "currentKind" IS NOT NULL AND "currentKind" <> 'kill'`,
    in_review: Prisma.sql`"state" <> 'archived' AND "openState" IN ('in_review', 'approved')`,
    draft: Prisma.sql`"state" <> 'archived' AND "openState" IN ('draft', 'changes_requested')`,
    killed: Prisma.sql`"state" <> 'archived' AND "currentKind" = 'kill'`,
    never: Prisma.sql`"state" <> 'archived' AND "currentKind" IS NULL`,
    review_due: Prisma.sql`"state" <> 'archived' AND "reviewDueAt" <= ${now}`,
    deprecated: Prisma.sql`"state" = 'deprecated'`,
    archived: Prisma.sql`"state" = 'archived'`,
  };
}

/** Every filter but the state. */
export function filterCondition(query: SegmentListQuery, actor: Actor): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  if (query.query) {
    const like = `%${query.query.trim().replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(
      Prisma.sql`("name" ILIKE ${like} OR "key" ILIKE ${like} OR "description" ILIKE ${like}
        OR array_to_string("tags", ' ') ILIKE ${like})`,
    );
  }
  if (query.mine) conditions.push(Prisma.sql`("ownerPerson" = ${actor.email} OR "ownerTeam" = ${actor.team})`);
  if (query.owner) {
    conditions.push(Prisma.sql`("ownerTeam" = ANY(${query.owner}) OR "ownerPerson" = ANY(${query.owner}))`);
  }
  if (query.purpose) conditions.push(Prisma.sql`"purposes" && ${query.purpose}::text[]`);
  if (query.region) conditions.push(Prisma.sql`"regions" && ${query.region}::text[]`);
  if (query.tag) conditions.push(Prisma.sql`"tags" && ${query.tag}::text[]`);
  if (query.criticality) conditions.push(Prisma.sql`"criticality" = ${query.criticality}`);
  if (query.attribute) conditions.push(Prisma.sql`"attributes" && ARRAY[${query.attribute}]::text[]`);
  return Prisma.join(conditions, " AND ");
}

const sortColumns: Record<string, Prisma.Sql> = {
  name: Prisma.sql`lower("name")`,
  members: Prisma.sql`"members"`,
  updated: Prisma.sql`"changedAt"`,
  reviewDue: Prisma.sql`"reviewDueAt"`,
  lastPulled: Prisma.sql`"lastPulledAt"`,
};

export function sortOrder(sort: string): Prisma.Sql {
  const descending = sort.startsWith("-");
  const column = sortColumns[descending ? sort.slice(1) : sort] ?? Prisma.sql`lower("name")`;
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`${column} ${direction} NULLS LAST, "key" ASC`;
}
