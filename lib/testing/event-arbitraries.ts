import fc from "fast-check";
import {
  type Aggregate,
  type AttributeType,
  aggregates,
  type Computation,
  type EventType,
  instantOfEvent,
  type PropertyType,
  propertyTypes,
} from "../catalogue/definition";
import type { CustomerEvent } from "../engine/customer-records";
import type { ComputedAttribute } from "../engine/engine";
import { checkComputation } from "../rules/check-computation";
import { unitMilliseconds, type Window } from "../rules/definition";
import { eventVocabulary } from "../rules/event-vocabulary";
import { conditionOn } from "./condition-arbitraries";

/** Two kinds with properties of every type; one key means a text in one and a number in the other. */
export const generatedEventTypes: readonly EventType[] = [
  {
    ...{ key: "order", name: "Order", description: "" },
    properties: [
      { key: "amount", name: "Amount", type: "number" },
      { key: "fee", name: "Fee", type: "number" },
      { key: "country", name: "Country", type: "string" },
      { key: "gift", name: "Gift", type: "boolean" },
      { key: "due-at", name: "Due", type: "timestamp" },
    ],
  },
  {
    ...{ key: "visit", name: "Visit", description: "" },
    properties: [
      { key: "amount", name: "Amount", type: "string" },
      { key: "pages", name: "Pages", type: "number" },
    ],
  },
];

const windows: readonly Window[] = [
  { n: 1, unit: "minutes" },
  { n: 24, unit: "hours" },
  { n: 30, unit: "days" },
];
const decimals = [
  0.1, 0.2, 0.3, -0.1, 1.15, 0.29, 1234567.89, 99.995, 1e15, -1e15, 123456789012.34, 1e-10, 5e-11, -0, 0,
];

/** Instants at both ends of every window and a millisecond to either side, many of them alike. */
function anyInstantBefore(asOf: number): fc.Arbitrary<number> {
  const ends = [0, ...windows.map(({ n, unit }) => -n * unitMilliseconds[unit])];
  return fc
    .tuple(fc.constantFrom(...ends), fc.constantFrom(-1, 0, 0, 1, 5_000))
    .map(([end, step]) => asOf + end + step);
}

function anyPropertyValue(type: PropertyType, asOf: number): fc.Arbitrary<string | number | boolean> {
  switch (type) {
    case "string":
      return fc.constantFrom("de", "fr", " de ", "Zoe\u0308", "Zoë", "", "  ", "👩‍👩‍👧", "\uffff");
    case "number":
      return fc.oneof(
        fc.constantFrom(...decimals),
        fc.integer({ min: -500, max: 500 }).map((cents) => cents / 100),
      );
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return anyInstantBefore(asOf);
  }
}

export function anyEvent(asOf: number): fc.Arbitrary<CustomerEvent> {
  return fc.constantFrom(...generatedEventTypes).chain((type) => {
    const properties = type.properties.map(({ key, type: kind }) =>
      fc.option(anyPropertyValue(kind, asOf), { nil: undefined, freq: 5 }).map((value) => [key, value] as const),
    );
    return fc.record({
      id: fc.oneof(
        fc.nat(400).map((n) => `e${n}`),
        fc.constantFrom("\uffff", "😀", "e", "E"),
      ),
      customerId: fc.constantFrom("a", "b", "c", "d", "stranger"),
      type: fc.constant(type.key),
      at: anyInstantBefore(asOf),
      properties: fc
        .tuple(...properties)
        .map((values) =>
          Object.fromEntries(values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
        ),
    });
  });
}

/** Computations that fit, of every aggregate, with filters over every type. */
export function anyComputed(key: string, asOf: number): fc.Arbitrary<ComputedAttribute> {
  return fc
    .tuple(fc.constantFrom(...generatedEventTypes), fc.constantFrom(...aggregates))
    .chain(([event, aggregate]) =>
      fc.record({
        event: fc.constant(event),
        aggregate: fc.constant(aggregate),
        property: anyReadable(aggregate, event),
        window: fc.option(fc.constantFrom(...windows), { nil: undefined }),
        filter: anyFilter(event, asOf),
      }),
    )
    .map(({ event, ...given }) => computedAttribute(key, event, { ...given, event: event.key }));
}

function anyReadable(aggregate: Aggregate, event: EventType): fc.Arbitrary<string | undefined> {
  if (aggregate === "count") return fc.constant(undefined);
  const readable: readonly PropertyType[] =
    aggregate === "sum"
      ? ["number"]
      : aggregate === "min" || aggregate === "max"
        ? ["number", "timestamp"]
        : propertyTypes;
  const keys = event.properties.filter(({ type }) => readable.includes(type)).map(({ key }) => key);
  return fc.constantFrom(...keys, ...(readable.includes("timestamp") ? [instantOfEvent] : []));
}

function anyFilter(event: EventType, asOf: number): fc.Arbitrary<Computation["filter"]> {
  const attributes = [...eventVocabulary(event).attributes.values()];
  const condition = fc
    .constantFrom(...attributes)
    .chain((attribute) => conditionOn(attribute, asOf))
    .map(({ attribute: property, operator, value }) => ({
      property,
      operator,
      ...(value === undefined ? {} : { value: structuredClone(value) as Computation["filter"][number]["value"] }),
    }));
  return fc.oneof(
    { arbitrary: fc.constant<Computation["filter"]>([]), weight: 2 },
    fc.array(condition, { minLength: 1, maxLength: 2 }),
  );
}

/** Throws for what does not fit the event type. */
export function computedAttribute(
  key: string,
  event: EventType,
  computation: Computation,
): ComputedAttribute & { readonly attribute: { readonly type: AttributeType } } {
  const checked = checkComputation(computation, event);
  if (!checked.ok) throw new Error(checked.findings.map(({ message }) => message).join(" "));
  const attribute = {
    ...{ key, name: key, type: checked.computation.type, description: "", source: "computed" as const, labels: [] },
    computation,
  };
  return { attribute, event, computation: checked.computation };
}
