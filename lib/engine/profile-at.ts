import type { EventType } from "../catalogue/definition";
import type { AttributeValue, Profile } from "../rules/definition";
import type { ComputedAttribute } from "./engine";
import { isZeroWithoutEvents } from "./sql/computed";

/** The values of a customer's attributes, in their order; empty without events. */
type AskValues = (ofEvent: readonly ComputedAttribute[], event: EventType) => Promise<readonly unknown[]>;

/** The customer with what `ask` computes for them, in place of what was computed when the profile was stored. */
export async function computedAt(
  stored: Profile,
  computed: readonly ComputedAttribute[],
  ask: AskValues,
): Promise<Profile> {
  const attributes: Record<string, AttributeValue> = { ...stored.attributes };
  for (const ofEvent of Map.groupBy(computed, ({ event }) => event.key).values()) {
    const [first] = ofEvent;
    const row = first ? await ask(ofEvent, first.event) : [];
    for (const [index, each] of ofEvent.entries()) {
      const value = readComputed(each, row[index]);
      if (value === undefined) delete attributes[each.attribute.key];
      else attributes[each.attribute.key] = value;
    }
  }
  return { ...stored, attributes };
}

function readComputed(computed: ComputedAttribute, given: unknown): AttributeValue | undefined {
  if (given === null || given === undefined) return isZeroWithoutEvents(computed) ? 0 : undefined;
  switch (computed.computation.type) {
    case "number":
    case "timestamp":
      return Number(given);
    case "boolean":
      return given === true;
    default:
      return String(given);
  }
}
