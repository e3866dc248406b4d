import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { toPersonSummary } from "../../access/server/person-summary";
import { customerRounding, type RoundCustomers } from "../../catalogue/small-cells";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Database } from "../../server/database";
import { differenceOf } from "../combine";
import type { ListVersion, ManagedList, managedListQuerySchema } from "../contract";
import { type ListContent, type UploadMode, uploadModes } from "../definition";
import { contentOf, findHead } from "./list-content";
import { requireListOverview } from "./list-overview";

const mostVersions = 200;

export type GetListInput = z.output<typeof managedListQuerySchema> & { readonly key: string };

/** One list with its history. Without two versions to compare, the newest is compared with the one before. */
export async function getList(ctx: Context, { key, from, to }: GetListInput): Promise<ManagedList> {
  requirePermission(ctx.actor, "catalogue.read");
  const round = customerRounding(ctx.actor);
  const list = await requireListOverview(ctx, key);
  const newer = to ?? list.version;
  const older = from ?? Math.max(0, newer - 1);
  const [versions, segments, difference] = await Promise.all([
    versionsOf(ctx.db, key, round),
    segmentsOf(ctx.db, key),
    compare(ctx.db, key, { from: older, to: newer }, round),
  ]);
  return { list, versions, difference, segments };
}

async function versionsOf(db: Database, key: string, round: RoundCustomers): Promise<ListVersion[]> {
  const rows = await db.managedListVersion.findMany({
    where: { listKey: key },
    orderBy: { number: "desc" },
    take: mostVersions,
    omit: { entries: true },
    include: { createdBy: true },
  });
  return rows.map(({ number, mode, size, note, createdBy, createdAt }) => ({
    ...{ number, note, mode: modeOf(mode), size: round(size) },
    createdBy: toPersonSummary(createdBy),
    createdAt: createdAt.toISOString(),
  }));
}

function modeOf(stored: string): UploadMode {
  return uploadModes.find((mode) => mode === stored) ?? "replace";
}

async function compare(
  db: Database,
  key: string,
  { from, to }: { from: number; to: number },
  round: RoundCustomers,
): Promise<ManagedList["difference"]> {
  if (to === 0 && from === 0) return null;
  const [before, after] = await Promise.all([requireContent(db, key, from), requireContent(db, key, to)]);
  const { added, removed, changed } = differenceOf(before, after);
  return { from, to, added: round(added), removed: round(removed), changed: round(changed) };
}

/** Version 0 is the list before anybody was on it. */
export async function requireContent(db: Database, key: string, number: number): Promise<ListContent> {
  if (number === 0) return [];
  const head = await findHead(db, key, number);
  if (!head) throw notFound(`version of list "${key}"`, String(number));
  return contentOf(db, head);
}

async function segmentsOf(db: Database, key: string): Promise<ManagedList["segments"]> {
  const [segments, served] = await Promise.all([
    db.segment.findMany({
      where: { lists: { has: key }, state: { not: "archived" } },
      select: { id: true, key: true, name: true },
      orderBy: { name: "asc" },
    }),
    servedVersions(db, key),
  ]);
  return segments.map(({ id, key, name }) => ({
    ...{ key, name },
    serves: served.flatMap(({ segmentId, environment, version }) =>
      segmentId === id ? [{ environment, listVersion: version }] : [],
    ),
  }));
}

/** The versions of the list that are part of what environments serve now. */
function servedVersions(
  db: Database,
  key: string,
): Promise<{ segmentId: string; environment: string; version: number }[]> {
  return db.$queryRaw`
    SELECT r."segmentId", r."environmentKey" AS "environment", (reference->>'version')::int AS "version"
    FROM "Release" r CROSS JOIN LATERAL jsonb_array_elements(coalesce(r."artefact"->'references', '[]')) reference
    WHERE r."endedAt" IS NULL AND reference->>'kind' = 'list' AND reference->>'key' = ${key}
    ORDER BY r."environmentKey", "version"`;
}
