import type { EventProperty, PropertyType } from "../catalogue/definition";
import { DomainError } from "../errors";
import { isInstant } from "../rules/instant";
import type { CustomerEvent } from "./customer-records";
import type { EventShapes } from "./event-shapes";
import { largestNumber } from "./exact-decimal";
import { storableValue } from "./storable-profile";

/** The properties of an event type that are not stored yet. Throws conflict for one that is stored with another type. */
export function newProperties(
  type: string,
  properties: readonly EventProperty[],
  shapes: EventShapes,
): readonly EventProperty[] {
  return properties.filter((property) => {
    const known = shapes.get(type)?.get(property.key);
    if (known === undefined || known === property.type) return known === undefined;
    const message = `Property "${property.key}" of event type "${type}" is stored as ${known} and cannot become ${property.type}.`;
    throw new DomainError("conflict", message, { reason: "property-type-changed" });
  });
}

/** By id, the first of each. Throws invalid for misfits. */
export function storableEvents(events: readonly CustomerEvent[], shapes: EventShapes): Map<string, CustomerEvent> {
  const first = new Map<string, CustomerEvent>();
  for (const event of events) {
    const storable = storableEvent(event, shapes);
    if (!first.has(storable.id)) first.set(storable.id, storable);
  }
  return first;
}

/** The event as it is stored: texts NFC and trimmed, empty ones missing, no minus zero. Throws invalid for misfits. */
export function storableEvent(event: CustomerEvent, shapes: EventShapes): CustomerEvent {
  const { id, customerId, type, at } = event;
  if (id === "" || !id.isWellFormed()) throw unstorable(id, "its id is empty or not Unicode.");
  if (customerId === "" || !customerId.isWellFormed())
    throw unstorable(id, "its customer's id is empty or not Unicode.");
  if (!isInstant(at)) throw unstorable(id, "its instant is not in whole milliseconds, or beyond the calendar.");
  const shape = shapes.get(type);
  if (!shape) throw unstorable(id, `there is no event type "${type}".`);
  const properties: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(event.properties)) {
    const wanted = shape.get(key);
    if (!wanted) throw unstorable(id, `the event type "${type}" has no property "${key}".`);
    const stored = storableProperty(id, key, value, wanted);
    if (stored !== "") properties[key] = stored;
  }
  return { id, customerId, type, at: at + 0, properties };
}

function storableProperty(
  id: string,
  key: string,
  value: string | number | boolean,
  wanted: PropertyType,
): string | number | boolean {
  const stored = storableValue(value, wanted);
  if (stored === undefined || typeof stored === "object") throw unstorable(id, `property "${key}" holds no ${wanted}.`);
  if (wanted === "number" && Math.abs(Number(stored)) > largestNumber)
    throw unstorable(id, `property "${key}" is beyond ${largestNumber.toLocaleString("en")}.`);
  return stored;
}

function unstorable(id: string, why: string): DomainError {
  return new DomainError("invalid", `Event "${id}" cannot be stored: ${why}`, { reason: "unstorable-event" });
}
