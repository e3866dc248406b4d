import { can } from "../../access/permissions";
import {
  type Attribute,
  attributeSchema,
  type Catalogue,
  type EventType,
  newKeySchema,
} from "../../catalogue/definition";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { DomainError } from "../../errors";
import { loadEventTypes } from "../../events/server/load-event-types";
import type { Context } from "../../server/context";
import { type EventMapping, eventRows } from "../event-mapping";
import type { ImportMapping } from "../import-mapping";
import { columnUses } from "../import-uses";
import { refused } from "./import-source";

/** What an import takes besides its file. `added` are attributes that are in the catalogue once it has succeeded. */
export type ImportPlan =
  | {
      readonly target: "customers";
      readonly mapping: ImportMapping;
      readonly catalogue: Catalogue;
      readonly added: readonly Attribute[];
    }
  | { readonly target: "events"; readonly mapping: EventMapping; readonly eventType: EventType };

/** Throws invalid, conflict or forbidden for a mapping that the catalogue cannot serve. */
export async function planImport(ctx: Context, mapping: ImportMapping | EventMapping): Promise<ImportPlan> {
  if (mapping.target === "events") {
    const eventType = (await loadEventTypes(ctx.db)).get(mapping.event);
    if (!eventType)
      throw refused("unknown-event-type", `The catalogue has no event type "${mapping.event}". Add it first.`);
    eventRows(mapping, eventType);
    return { target: "events", mapping, eventType };
  }
  const extended = await extendedCatalogue(ctx, mapping);
  columnUses(mapping, extended.catalogue);
  return { target: "customers", mapping, ...extended };
}

/** The catalogue, and with it the attributes that the mapping names anew; those are added once the import succeeds. */
async function extendedCatalogue(
  ctx: Context,
  mapping: ImportMapping,
): Promise<{ catalogue: Catalogue; added: Attribute[] }> {
  const catalogue = await loadCatalogue(ctx.db);
  const added = Object.entries(mapping.attributes).flatMap(([column, { key, type }]) => {
    if (catalogue.attributes.has(key)) return [];
    if (!newKeySchema.safeParse(key).success) throw refused("reserved-key", `"${key}" cannot be an attribute's key.`);
    return [attributeSchema.parse({ key, type, name: column.trim().slice(0, 120).toWellFormed() || key })];
  });
  if (added.length > 0 && !can(ctx.actor, "catalogue.write")) {
    const keys = added.map(({ key }) => `"${key}"`).join(", ");
    throw new DomainError("forbidden", `The catalogue has no attribute ${keys}, and you may not add to it.`, {
      reason: "unknown-attribute",
    });
  }
  const attributes = new Map([...catalogue.attributes, ...added.map((each) => [each.key, each] as const)]);
  return { catalogue: { ...catalogue, attributes }, added };
}
