import {
  type Aggregate,
  type AttributeType,
  type Computation,
  type EventType,
  instantOfEvent,
  type PropertyType,
  propertyTypes,
} from "../catalogue/definition";
import { type Finding, isBlocking } from "../findings";
import { checkRule } from "./check";
import { checkValue } from "./check-value";
import { type AttributeCondition, childrenOf, type RulePath, type Window } from "./definition";
import { eventVocabulary } from "./event-vocabulary";
import { blocking, oneOf, quote } from "./rule-finding";
import { unknownName } from "./unknown-name";

/** A computation that fits its event type: its filter is checked, its property known. */
export type CheckedComputation = {
  readonly aggregate: Aggregate;
  /** Absent for `count`; `at` is the event's own instant. */
  readonly property: string | undefined;
  readonly window: Window | undefined;
  readonly filter: readonly AttributeCondition[];
  /** What the attribute holds. */
  readonly type: AttributeType;
};

export type ComputationCheck =
  /** The findings of an accepted computation are warnings. */
  | { readonly ok: true; readonly computation: CheckedComputation; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** The types of property that each aggregate reads, and what follows; `property` stands for the property's own type. */
const readableTypes = {
  sum: ["number"],
  min: ["number", "timestamp"],
  max: ["number", "timestamp"],
  last: propertyTypes,
  distinct: propertyTypes,
} as const satisfies Record<Exclude<Aggregate, "count">, readonly PropertyType[]>;

/** Paths of findings begin at the computation: `property`, `window.n`, `filter[0].value`. */
export function checkComputation(given: Computation, event: EventType): ComputationCheck {
  const property = checkProperty(given, event);
  const window = checkWindow(given.window);
  const filter = checkFilter(given.filter, event);
  const findings = [...property.findings, ...window.findings, ...filter.findings];
  if (property.type === undefined || findings.some(isBlocking)) return { ok: false, findings };
  const computation = {
    ...{ aggregate: given.aggregate, property: given.property },
    ...{ window: window.value, filter: filter.conditions, type: property.type },
  };
  return { ok: true, computation, findings };
}

/** `type` is that of the attribute which follows. */
function checkProperty(
  { aggregate, property }: Computation,
  event: EventType,
): { type?: AttributeType; findings: Finding[] } {
  if (aggregate === "count") return property === undefined ? { type: "number", findings: [] } : surplus(property);
  const known = eventVocabulary(event).attributes;
  const type = propertyType(property, event);
  if (type === undefined) {
    const where = `the event type ${quote(event.key)}`;
    const finding = unknownName({ kind: "property", given: property, path: ["property"], known: known.keys(), where });
    return { findings: [finding] };
  }
  const readable: readonly PropertyType[] = readableTypes[aggregate];
  if (readable.includes(type))
    return { type: aggregate === "sum" || aggregate === "distinct" ? "number" : type, findings: [] };
  const fitting = [...known.values()].filter((each) => readable.some((one) => one === each.type));
  const message = `The aggregate ${quote(aggregate)} cannot read ${quote(property)}, which is of type ${type}.`;
  const some = fitting.length > 0 ? `, as ${oneOf(fitting.slice(0, 5).map(({ key }) => key))}` : "";
  const resolution = `Name a property of type ${oneOf(readable)}${some}.`;
  return { findings: [blocking("bad-property-type", ["property"], message, resolution)] };
}

function surplus(property: string): { findings: Finding[] } {
  const message = `Counting reads no property, but ${quote(property)} is named.`;
  const resolution = 'Leave the property out; the filter can ask for it with "is_set".';
  return { findings: [blocking("surplus-property", ["property"], message, resolution)] };
}

function propertyType(key: string | undefined, event: EventType): PropertyType | undefined {
  if (key === instantOfEvent) return "timestamp";
  return event.properties.find((property) => property.key === key)?.type;
}

function checkWindow(given: Computation["window"]): { value: Window | undefined; findings: readonly Finding[] } {
  if (given === undefined) return { value: undefined, findings: [] };
  return { value: given, findings: checkValue(given, "timestamp", "within_last", ["window"]).findings };
}

/** The rule language itself checks the conditions, as one `all` over the event's properties. */
function checkFilter(
  given: Computation["filter"],
  event: EventType,
): { conditions: readonly AttributeCondition[]; findings: Finding[] } {
  if (given.length === 0) return { conditions: [], findings: [] };
  const vocabulary = eventVocabulary(event);
  const unknown = given.flatMap(({ property }, index) => {
    const path: RulePath = ["filter", index, "property"];
    const where = `the event type ${quote(event.key)}`;
    if (vocabulary.attributes.has(property)) return [];
    return [unknownName({ kind: "property", given: property, path, known: vocabulary.attributes.keys(), where })];
  });
  if (unknown.length > 0) return { conditions: [], findings: unknown };
  const all = given.map(({ property, ...condition }) => ({ ...condition, attribute: property }));
  const checked = checkRule({ all }, vocabulary);
  const findings = checked.findings.map((finding) => ({ ...finding, path: finding.path.replace(/^all\b/, "filter") }));
  if (!checked.ok) return { conditions: [], findings };
  return { conditions: childrenOf(checked.rule).filter((child) => "attribute" in child), findings };
}
