import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { ProfileStore } from "../../catalogue/profile-store";
import { attributeItem } from "../../catalogue/server/list-attributes";
import { storedStatistics } from "../../catalogue/server/stored-statistics";
import { segmentsByKey } from "../../catalogue/server/usage";
import { customerRounding } from "../../catalogue/small-cells";
import { isSilent } from "../../guards/silence-findings";
import type { Context } from "../../server/context";
import type { Database } from "../../server/database";
import type { ArrivalsItem, AttributeQuality, dataQualityQuerySchema, dataQualitySchema } from "../contract";
import { arrivalsSchema } from "../contract";

const hourMs = 3_600_000;

/** What came in since so many hours, and how the attributes stand. */
export async function dataQuality(
  ctx: Context,
  { hours }: z.output<typeof dataQualityQuerySchema>,
  store: ProfileStore,
): Promise<z.output<typeof dataQualitySchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  // The hour in which it begins counts as a whole.
  const since = new Date(Math.floor((ctx.now.getTime() - hours * hourMs) / hourMs) * hourMs);
  const [sources, attributes] = await Promise.all([arrivalsSince(ctx.db, since), attributeQualities(ctx, store)]);
  return { since: since.toISOString(), sources, attributes };
}

async function arrivalsSince(db: Database, since: Date): Promise<ArrivalsItem[]> {
  const rows = await db.ingestHour.findMany({ where: { hour: { gte: since } } });
  const names = await sourceNames(db, [...new Set(rows.map(({ source }) => source))]);
  const groups = Map.groupBy(rows, ({ source, target }) => `${source} ${target}`);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const items = [...groups.values()].map((hours): ArrivalsItem => {
    const [{ source, target } = { source: "", target: "" }] = hours;
    return arrivalsSchema.parse({
      ...{ source, target, name: names.get(source) ?? source },
      accepted: sum(hours.map((hour) => hour.accepted)),
      repeated: sum(hours.map((hour) => hour.repeated)),
      late: sum(hours.map((hour) => hour.late)),
      rejected: sum(hours.map((hour) => hour.rejected)),
      codes: summedCodes(hours.map(({ codes }) => codes)),
    });
  });
  return items.sort((a, b) => a.name.localeCompare(b.name, "en") || a.target.localeCompare(b.target, "en"));
}

function summedCodes(all: readonly unknown[]): ArrivalsItem["codes"] {
  const counts = new Map<string, number>();
  for (const codes of all)
    for (const [code, count] of Object.entries(codes ?? {})) counts.set(code, (counts.get(code) ?? 0) + Number(count));
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}

/** A key is called by its consumer and its first characters. */
async function sourceNames(db: Database, sources: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = sources.flatMap((source) => (source.startsWith("key:") ? [source.slice("key:".length)] : []));
  const keys = await db.consumerKey.findMany({ where: { id: { in: ids } }, include: { consumer: true } });
  const named = keys.map(({ id, hint, consumer }) => [`key:${id}`, `${consumer.name}, ${hint}…`] as const);
  return new Map([["import", "Imports"], ...named]);
}

async function attributeQualities(ctx: Context, store: ProfileStore): Promise<AttributeQuality[]> {
  const [rows, segments] = await Promise.all([
    ctx.db.attribute.findMany({ orderBy: { key: "asc" } }),
    segmentsByKey(ctx.db, "attributes"),
  ]);
  const round = customerRounding(ctx.actor);
  const now = ctx.now.getTime();
  const items = await Promise.all(
    rows.map(async (row): Promise<AttributeQuality> => {
      const statistics = await storedStatistics(store, row.key);
      const { key, name, type, source, customers, missing, ...item } = attributeItem(
        row,
        segments.get(row.key) ?? 0,
        statistics,
        round,
      );
      const everyHours = source === "computed" ? null : row.arrivesEveryHours;
      const last = (row.arrivedAt ?? row.createdAt).getTime();
      return {
        ...{ key, name, type, source, customers, missing, segments: item.segments },
        arrivedAt: row.arrivedAt?.toISOString() ?? null,
        arrivesEveryHours: everyHours,
        silent: everyHours !== null && isSilent({ everyHours, last }, now),
      };
    }),
  );
  return items.sort((a, b) => Number(b.silent) - Number(a.silent));
}
