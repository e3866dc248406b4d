import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type * as stored from "../../server/prisma/client";
import type { AttributeItem, attributeListSchema } from "../contract";
import type { ProfileStore, StoredStatistics } from "../profile-store";
import { customerRounding, type RoundCustomers } from "../small-cells";
import { attributeOf, loadCatalogue } from "./load-catalogue";
import { storedStatistics } from "./stored-statistics";
import { segmentsByKey } from "./usage";

export async function listAttributes(ctx: Context, store: ProfileStore): Promise<z.output<typeof attributeListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const [rows, segments] = await Promise.all([
    ctx.db.attribute.findMany({ orderBy: { key: "asc" } }),
    segmentsByKey(ctx.db, "attributes"),
  ]);
  const round = customerRounding(ctx.actor);
  const carried = (await loadCatalogue(ctx.db)).attributes;
  const items = await Promise.all(
    rows.map(async (row) => {
      const item = attributeItem(row, segments.get(row.key) ?? 0, await storedStatistics(store, row.key), round);
      const sourceLabels = carried.get(row.key)?.labels.filter((label) => !item.labels.includes(label)) ?? [];
      return { ...item, ...(sourceLabels.length > 0 && { sourceLabels }) };
    }),
  );
  return { items, total: items.length };
}

export function attributeItem(
  row: stored.Attribute,
  segments: number,
  statistics: StoredStatistics,
  round: RoundCustomers,
): AttributeItem {
  const { customers, missing } = statistics;
  return {
    ...attributeOf(row),
    ...(row.refreshedAt && { refreshedAt: row.refreshedAt.toISOString() }),
    ...{ segments, customers: round(customers - missing), missing: round(missing) },
  };
}
