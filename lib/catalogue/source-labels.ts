import type { Attribute, EventType } from "./definition";

/** The attribute with the labels of what it follows from: a computed one has those of the properties that it looks at. */
export function withSourceLabels(attribute: Attribute, events: ReadonlyMap<string, EventType>): Attribute {
  const { computation, labels } = attribute;
  const event = computation && events.get(computation.event);
  if (!event) return attribute;
  const looked = new Set([computation.property, ...computation.filter.map(({ property }) => property)]);
  const ofSources = event.properties.flatMap((property) => (looked.has(property.key) ? (property.labels ?? []) : []));
  return { ...attribute, labels: [...new Set([...labels, ...ofSources])] };
}
