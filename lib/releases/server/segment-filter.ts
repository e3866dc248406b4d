import type { Actor } from "../../access/actor";
import type { listStates, SegmentListQuery } from "../../segments/list-query";
import { Prisma } from "../../server/prisma/client";

export type ListState = (typeof listStates)[number];

/** One row for each segment with what a list filters by: what is current in production, and the open version. */
export function segmentStandings(production: string): Prisma.Sql {
  return Prisma.sql`
    SELECT s.*, current."kind" AS "currentKind", current."createdAt" AS "releasedAt", open."state" AS "openState"
    FROM "Segment" s
    LEFT JOIN "Release" current
      ON current."segmentId" = s."id" AND current."environmentKey" = ${production} AND current."endedAt" IS NULL
    LEFT JOIN (
      SELECT DISTINCT ON ("segmentId") "segmentId", "state" FROM "Version"
      WHERE "state" IN ('draft', 'in_review', 'changes_requested', 'approved')
      ORDER BY "segmentId", "number" DESC
    ) open ON open."segmentId" = s."id"`;
}

/** The last count in production of a segment that a row names by `id`. */
function membersOf(production: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT c."members" FROM "MemberCount" c
    WHERE c."segmentId" = facts."id" AND c."environmentKey" = ${production} ORDER BY c."day" DESC LIMIT 1)`;
}

/** When a key that is told of the segment last pulled. */
function lastPulledAtOf(production: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT max(k."lastPulledAt") FROM "ConsumerKey" k
    WHERE k."environmentKey" = ${production} AND k."revokedAt" IS NULL
      AND k."regions" && facts."regions" AND k."purposes" && facts."purposes")`;
}

const changedAt = Prisma.sql`greatest(facts."createdAt", facts."releasedAt",
  (SELECT max(v."updatedAt") FROM "Version" v WHERE v."segmentId" = facts."id"))`;

/** What only a page's rows are looked up for, unless the list is sorted by it. */
export function pageColumns(production: string): Prisma.Sql {
  return Prisma.sql`facts."id", ${membersOf(production)} AS "members",
    ${lastPulledAtOf(production)} AS "lastPulledAt", ${changedAt} AS "changedAt"`;
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

export function sortOrder(sort: string, production: string): Prisma.Sql {
  const descending = sort.startsWith("-");
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`${sortColumn(descending ? sort.slice(1) : sort, production)} ${direction} NULLS LAST, "key" ASC`;
}

function sortColumn(sort: string, production: string): Prisma.Sql {
  switch (sort) {
    case "members":
      return membersOf(production);
    case "updated":
      return changedAt;
    case "reviewDue":
      return Prisma.sql`"reviewDueAt"`;
    case "lastPulled":
      return lastPulledAtOf(production);
    default:
      return Prisma.sql`lower("name")`;
  }
}
