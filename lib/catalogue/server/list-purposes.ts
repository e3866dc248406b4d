import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import type { purposeListSchema } from "../contract";
import { loadCatalogue } from "./load-catalogue";
import { segmentsByKey } from "./usage";

export async function listPurposes(ctx: Context): Promise<z.output<typeof purposeListSchema>> {
  requirePermission(ctx.actor, "catalogue.read");
  const [{ purposes }, segments] = await Promise.all([loadCatalogue(ctx.db), segmentsByKey(ctx.db, "purposes")]);
  const items = [...purposes.values()].map((purpose) => ({ ...purpose, segments: segments.get(purpose.key) ?? 0 }));
  return { items, total: items.length };
}
