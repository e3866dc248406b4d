import { type Aggregate, type Computation, type EventType, instantOfEvent } from "../catalogue/definition";
import type { AttributeCondition, AttributeOperator, ConditionValue } from "./definition";
import { predicate } from "./describe";
import { describeWindow } from "./describe-value";
import { eventVocabulary } from "./event-vocabulary";
import { lowerFirst, named, type Phrase, plain, valued } from "./phrase";

/**
 * "Sum of amount of Order in the last 90 days where country is Germany." What is not chosen yet is shown as "…"; an
 * event type that is not known goes by its key.
 */
export function describeComputation(computation: Computation, event: EventType | undefined): Phrase[] {
  return [
    ...subject(computation, event),
    ...(computation.window ? [plain(" in the last "), valued(describeWindow(computation.window))] : []),
    ...filters(computation, event),
    plain("."),
  ];
}

const propertyWords = {
  sum: "Sum of ",
  min: "Least ",
  max: "Greatest ",
  last: "Latest ",
  distinct: "Number of different values of ",
} as const satisfies Record<Exclude<Aggregate, "count">, string>;

/** What the event's own instant makes of an aggregate reads better in words of time. */
const instantWords: Partial<Record<Aggregate, string>> = {
  min: "Instant of the first ",
  max: "Instant of the newest ",
  last: "Instant of the newest ",
};

function subject({ aggregate, property, event: key }: Computation, event: EventType | undefined): Phrase[] {
  const name = named(event?.name ?? (key === "" ? "…" : key));
  if (aggregate === "count") return [plain("Number of "), name, plain(" events")];
  const ofInstant = property === instantOfEvent ? instantWords[aggregate] : undefined;
  if (ofInstant !== undefined) return [plain(ofInstant), name];
  return [plain(propertyWords[aggregate]), named(propertyName(property, event)), plain(" of "), name];
}

function propertyName(key: string | undefined, event: EventType | undefined): string {
  if (key === undefined || key === "") return "…";
  if (key === instantOfEvent) return "instants";
  return lowerFirst(event?.properties.find((each) => each.key === key)?.name ?? key);
}

function filters({ filter }: Computation, event: EventType | undefined): Phrase[] {
  const vocabulary = eventVocabulary(event);
  return filter.flatMap(({ property, operator, value }, index) => {
    const condition: AttributeCondition = {
      attribute: property,
      operator: operator as AttributeOperator,
      ...(value === undefined || value === null ? {} : { value: value as ConditionValue }),
    };
    return [plain(index === 0 ? " where " : " and "), ...predicate(condition, vocabulary)];
  });
}
