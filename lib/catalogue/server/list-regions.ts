import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { regionListSchema } from "../contract";
import type { ProfileStore } from "../profile-store";
import { customerRounding } from "../small-cells";
import { loadCatalogue } from "./load-catalogue";
import { segmentsByKey } from "./usage";

export async function listRegions(
  ctx: Context,
  store: Pick<ProfileStore, "byRegion">,
): Promise<z.output<typeof regionListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const [{ regions }, segments, counted] = await Promise.all([
    loadCatalogue(ctx.db),
    segmentsByKey(ctx.db, "regions"),
    store.byRegion(),
  ]);
  const customers = new Map(counted.map((each) => [each.region, each.customers]));
  const round = customerRounding(ctx.actor);
  const items = [...regions.values()].map((region) => ({
    ...region,
    segments: segments.get(region.key) ?? 0,
    customers: round(customers.get(region.key) ?? 0),
  }));
  return { items, total: items.length };
}
