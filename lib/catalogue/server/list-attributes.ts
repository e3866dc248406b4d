import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { AttributeItem, attributeListSchema } from "../contract";
import type { Attribute } from "../definition";
import type { ProfileStore, StoredStatistics } from "../profile-store";
import { customerRounding, type RoundCustomers } from "../small-cells";
import { loadCatalogue } from "./load-catalogue";
import { storedStatistics } from "./stored-statistics";
import { segmentsByKey } from "./usage";

export async function listAttributes(ctx: Context, store: ProfileStore): Promise<z.output<typeof attributeListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const [catalogue, segments] = await Promise.all([loadCatalogue(ctx.db), segmentsByKey(ctx.db, "attributes")]);
  const round = customerRounding(ctx.actor);
  const items = await Promise.all(
    [...catalogue.attributes.values()].map(async (attribute) =>
      attributeItem(attribute, segments.get(attribute.key) ?? 0, await storedStatistics(store, attribute.key), round),
    ),
  );
  return { items, total: items.length };
}

export function attributeItem(
  attribute: Attribute,
  segments: number,
  statistics: StoredStatistics,
  round: RoundCustomers,
): AttributeItem {
  const { customers, missing } = statistics;
  return { ...attribute, segments, customers: round(customers - missing), missing: round(missing) };
}
