import { attributeOf } from "../../catalogue/server/load-catalogue";
import type { ComputedAttribute } from "../../engine/engine";
import type { Database } from "../../server/database";
import { checkSource } from "../check-source";
import { loadEventTypes } from "./load-event-types";

/** Every computed attribute. One that no longer fits its event type, which nothing does today, would be left out. */
export async function loadComputed(db: Database): Promise<ComputedAttribute[]> {
  const rows = await db.attribute.findMany({ where: { source: "computed" }, orderBy: { key: "asc" } });
  if (rows.length === 0) return [];
  const types = await loadEventTypes(db);
  return rows.flatMap((row) => {
    const checked = checkSource(attributeOf(row), types);
    return checked.ok && checked.computed ? [checked.computed] : [];
  });
}
