import { type Attribute, type EventType, instantOfEvent } from "../catalogue/definition";
import type { RuleVocabulary } from "./vocabulary";

/** Filters speak of an event's properties as rules do of attributes; `at` is the event's own instant. */
export function eventVocabulary(event: EventType | undefined): RuleVocabulary {
  const properties = [
    ...(event?.properties ?? []),
    { key: instantOfEvent, name: "Instant", type: "timestamp" as const },
  ];
  const attributes = properties.map(
    (property): Attribute => ({ ...property, description: "", source: "stored", labels: [] }),
  );
  return { attributes: new Map(attributes.map((each) => [each.key, each])) };
}
