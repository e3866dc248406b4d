import { z } from "zod";
import { type Attribute, attributeSchema, type EventType, instantOfEvent, keySchema } from "../catalogue/definition";
import { DomainError } from "../errors";
import { columnSchema, formatSchema, type ImportMapping } from "./import-mapping";

/** Which column of a file of events is what. All events of a file are of one type. */
export const eventMappingSchema = z.strictObject({
  target: z.literal("events"),
  event: keySchema,
  /** The event's own id: an event that comes again changes nothing. */
  id: columnSchema,
  customer: columnSchema,
  /** Read as timestamps of customers are. */
  at: z.strictObject({ column: columnSchema, format: formatSchema.optional() }),
  properties: z.record(columnSchema, z.strictObject({ key: keySchema, format: formatSchema.optional() })).default({}),
});
export type EventMapping = z.infer<typeof eventMappingSchema>;

/** No key of a property has a space. */
export const customerKey = "customer id";

/** A file of events as a file of rows with attributes, which are read and checked as those of customers. */
export type EventRows = { readonly mapping: ImportMapping; readonly attributes: readonly Attribute[] };

/** Throws invalid for a property that the event type does not have, and for a column that is mapped to two things. */
export function eventRows({ id, customer, at, properties }: EventMapping, event: EventType): EventRows {
  const types = new Map(event.properties.map(({ key, type }) => [key, type]));
  const columns: [column: string, read: ImportMapping["attributes"][string]][] = [
    [customer, { key: customerKey, type: "string" }],
    [at.column, { key: instantOfEvent, type: "timestamp", ...(at.format && { format: at.format }) }],
    ...Object.entries(properties).map(([column, { key, format }]): (typeof columns)[number] => {
      const type = types.get(key);
      if (type === undefined)
        throw refused("unknown-property", `The event type "${event.key}" has no property "${key}".`);
      return [column, { key, type, ...(format && { format }) }];
    }),
  ];
  requireOnce(
    "column-mapped-twice",
    "column",
    columns.map(([column]) => column),
  );
  requireOnce(
    "property-mapped-twice",
    "property",
    columns.map(([, { key }]) => key),
  );
  return {
    mapping: { target: "customers", id, attributes: Object.fromEntries(columns) },
    attributes: columns.map(([, { key, type }]) => ({ ...plain, key, name: key, type })),
  };
}

const plain = attributeSchema.omit({ key: true, name: true, type: true }).parse({});

function requireOnce(reason: string, what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(reason, `The mapping names the ${what} "${twice}" for two things.`);
}

function refused(reason: string, message: string): DomainError {
  return new DomainError("invalid", message, { reason });
}
