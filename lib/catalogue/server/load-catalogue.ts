import type { Database, Transaction } from "../../server/database";
import type * as rows from "../../server/prisma/client";
import {
  type Attribute,
  attributeSchema,
  type Catalogue,
  catalogueOf,
  type EventType,
  eventTypeSchema,
  type Purpose,
  purposeSchema,
} from "../definition";
import { withSourceLabels } from "../source-labels";

/** What rules and documents may speak of, as it is now; a computed attribute with the labels of its sources. */
export async function loadCatalogue(db: Database | Transaction): Promise<Catalogue> {
  // One after another: a transaction has one connection.
  const attributes = await db.attribute.findMany({ orderBy: { key: "asc" } });
  const purposes = await db.purpose.findMany({ orderBy: { key: "asc" } });
  const regions = await db.region.findMany({ orderBy: { key: "asc" } });
  const events = await db.eventType.findMany();
  const types = new Map(events.map((row) => [row.key, eventTypeOf(row)]));
  return catalogueOf({
    attributes: attributes.map((row) => withSourceLabels(attributeOf(row), types)),
    purposes: purposes.map(purposeOf),
    regions: regions.map(({ key, name, description }) => ({ key, name, description })),
  });
}

export function attributeOf({
  unit,
  model,
  computation,
  arrivesEveryHours,
  createdAt: _,
  refreshedAt: __,
  arrivedAt: ___,
  ...row
}: rows.Attribute): Attribute {
  const optional = Object.entries({ unit, model, computation, arrivesEveryHours }).filter(
    ([, value]) => value !== null,
  );
  return attributeSchema.parse({ ...row, ...Object.fromEntries(optional) });
}

export function eventTypeOf({ createdAt: _, ...row }: rows.EventType): EventType {
  return eventTypeSchema.parse(row);
}

export function purposeOf({ createdAt: _, ...row }: rows.Purpose): Purpose {
  return purposeSchema.parse(row);
}
