import type { AttributeType } from "../catalogue/definition";
import { DomainError } from "../errors";
import type { ComputedAttribute } from "./engine";
import type { EventShapes } from "./event-shapes";

/** Throws invalid unless attributes and event types are stored as their computations were checked. */
export function requireStored(
  computed: readonly ComputedAttribute[],
  types: ReadonlyMap<string, AttributeType>,
  shapes: EventShapes,
): void {
  for (const { attribute, event, computation } of computed) {
    if (types.get(attribute.key) !== computation.type)
      throw notStored(`Attribute "${attribute.key}" is not stored as ${computation.type}.`);
    const shape = shapes.get(event.key);
    const isKnown = event.properties.every(({ key, type }) => shape?.get(key) === type);
    if (!shape || !isKnown) throw notStored(`Event type "${event.key}" is not stored as the catalogue has it.`);
  }
}

function notStored(message: string): DomainError {
  return new DomainError("invalid", message, { reason: "not-stored" });
}
