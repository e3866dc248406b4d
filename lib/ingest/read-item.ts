import type { z } from "zod";
import type { Attribute } from "../catalogue/definition";
import type { ConsentStatement, CustomerEvent, Identity, ProfileChange } from "../engine/customer-records";
import { largestNumber } from "../engine/exact-decimal";
import type { AttributeValue } from "../rules/definition";
import { nearestKeys } from "../rules/nearest-keys";
import {
  type GivenConsent,
  type GivenIdentity,
  type GivenValue,
  type LineOf,
  lineSchemas,
  shapeLine,
  signalSchema,
} from "./line-shape";
import { readInstant, readValue } from "./read-value";
import { type Fault, fault, type RejectCode } from "./reject";
import type { IngestTarget } from "./targets";
import { decodeGpp, decodeTcf, statesOf } from "./tcf-signal";
import type { IngestVocabulary } from "./vocabulary";

/** What a line comes to; all of it is of one customer. */
export type IngestItem = {
  readonly customerId: string;
  readonly change?: ProfileChange;
  readonly consents: readonly ConsentStatement[];
  readonly event?: CustomerEvent;
  readonly identities: readonly Identity[];
};

export type ReadingContext = {
  readonly vocabulary: IngestVocabulary;
  /** Who brings it, where a statement does not say. */
  readonly source: string;
  /** Milliseconds. */
  readonly now: number;
};

/** Clocks differ by so much, and no more. */
const toleranceMs = 5 * 60_000;

type Read<T> = T | { readonly fault: Fault };

/** The item, or the first thing that keeps the line from being taken over. */
export function readItem(target: IngestTarget, value: unknown, context: ReadingContext): Read<{ item: IngestItem }> {
  switch (target) {
    case "customers":
      return whenShaped(shapeLine(lineSchemas.customers, value), (line) => readCustomer(line, context));
    case "events":
      return whenShaped(shapeLine(lineSchemas.events, value), (line) => readEvent(line, context));
    case "consents":
      if (isSignal(value)) return whenShaped(shapeLine(signalSchema, value), (line) => readSignal(line, context));
      return whenShaped(shapeLine(lineSchemas.consents, value), (line) =>
        whenRead(readConsents(line.customerId, [line], context), (consents) =>
          item({ customerId: line.customerId, consents }),
        ),
      );
    case "identities":
      return whenShaped(shapeLine(lineSchemas.identities, value), (line) =>
        whenRead(readIdentities(line.customerId, [line], context), (identities) =>
          item({ customerId: line.customerId, identities }),
        ),
      );
  }
}

function readCustomer(line: LineOf<"customers">, context: ReadingContext): Read<{ item: IngestItem }> {
  const { id, region, attributes: given = {} } = line;
  if (typeof region === "string" && !context.vocabulary.regions.has(region))
    return unknown("unknown-region", "region", region, context.vocabulary.regions.keys());
  return whenRead(readAttributes(given, line.model, context), (attributes) =>
    whenRead(readConsents(id, line.consents ?? [], context), (consents) =>
      whenRead(readIdentities(id, line.identities ?? [], context), (identities) => {
        const change = { id, ...(region === undefined ? {} : { region }), attributes };
        return item({ customerId: id, change, consents, identities });
      }),
    ),
  );
}

function readAttributes(
  given: Readonly<Record<string, GivenValue>>,
  model: string | undefined,
  { vocabulary }: ReadingContext,
): Read<{ readonly read: Record<string, AttributeValue | null> }> {
  const read: Record<string, AttributeValue | null> = {};
  for (const [key, value] of Object.entries(given)) {
    const attribute = vocabulary.attributes.get(key);
    if (!attribute) return unknown("unknown-attribute", "attribute", key, vocabulary.attributes.keys());
    const refused = sourceFault(attribute, model);
    if (refused) return { fault: refused };
    const kept = value === null ? { value } : readValue(value, attribute.type, `Attribute "${key}"`);
    if ("fault" in kept) return kept;
    read[key] = kept.value;
  }
  return { read };
}

function sourceFault({ key, source, model: wanted }: Attribute, model: string | undefined): Fault | undefined {
  if (source === "computed")
    return { code: "computed-attribute", message: `Attribute "${key}" follows from events; nobody sends it.` };
  if (source !== "score" || wanted === undefined || model === wanted) return undefined;
  const message = `Attribute "${key}" takes scores of model "${wanted}"; say so in the field "model".`;
  return { code: model === undefined ? "missing-model-version" : "other-model-version", message };
}

function readEvent(line: LineOf<"events">, { vocabulary, now }: ReadingContext): Read<{ item: IngestItem }> {
  const { id, customerId, type, properties: given = {} } = line;
  const eventType = vocabulary.events.get(type);
  if (!eventType) return unknown("unknown-event-type", "event type", type, vocabulary.events.keys());
  const at = readInstant(line.at);
  const late = instantFault(at, now);
  if (at === undefined || late) return { fault: late ?? notAnInstant };
  const properties: Record<string, string | number | boolean> = {};
  const known = new Map(eventType.properties.map((property) => [property.key, property.type]));
  for (const [key, value] of Object.entries(given)) {
    const wanted = known.get(key);
    if (!wanted) return unknown("unknown-property", `property of "${type}"`, key, known.keys());
    if (value === null) continue;
    const kept = readValue(value, wanted, `Property "${key}"`);
    if ("fault" in kept) return kept;
    if (typeof kept.value === "object") return fault("wrong-type", `Property "${key}" takes no list.`);
    if (typeof kept.value === "number" && wanted === "number" && Math.abs(kept.value) > largestNumber)
      return fault("wrong-value", `Property "${key}" is beyond ${largestNumber.toLocaleString("en")}.`);
    properties[key] = kept.value;
  }
  return item({ customerId, event: { id, customerId, type, at, properties } });
}

function readConsents(
  customerId: string,
  given: readonly GivenConsent[],
  { vocabulary, now, source }: ReadingContext,
): Read<{ readonly read: readonly ConsentStatement[] }> {
  const read: ConsentStatement[] = [];
  for (const { purpose, state, text, ...said } of given) {
    if (!vocabulary.purposes.has(purpose))
      return unknown("unknown-purpose", "purpose", purpose, vocabulary.purposes.keys());
    const at = readInstant(said.at);
    const late = instantFault(at, now);
    if (at === undefined || late) return { fault: late ?? notAnInstant };
    const statement = { customerId, purpose, state, at, source: said.source ?? source };
    read.push({ ...statement, ...(text === undefined ? {} : { text }) });
  }
  return { read };
}

function isSignal(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("tcf" in value || "gpp" in value);
}

function readSignal(line: z.output<typeof signalSchema>, context: ReadingContext): Read<{ item: IngestItem }> {
  const { customerId, tcf, gpp, purposes: mapping, ...said } = line;
  if (tcf !== undefined && gpp !== undefined) return fault("wrong-value", 'Send "tcf" or "gpp", not both.');
  const signal = tcf === undefined ? decodeGpp(gpp ?? "") : decodeTcf(tcf);
  if (!signal) {
    const wanted = tcf === undefined ? 'a GPP string with the section "tcfeuv2"' : "a TCF string of version 2";
    return fault("unreadable-signal", `Field "${tcf === undefined ? "gpp" : "tcf"}" is not ${wanted}.`);
  }
  const states = statesOf(signal, mapping, context.vocabulary.purposes);
  const given = [...states].map(([purpose, state]) => ({ purpose, state, text: signal.text, ...said }));
  return whenRead(readConsents(customerId, given, context), (consents) => item({ customerId, consents }));
}

function readIdentities(
  customerId: string,
  given: readonly GivenIdentity[],
  { vocabulary: { namespaces } }: ReadingContext,
): Read<{ readonly read: readonly Identity[] }> {
  const read: Identity[] = [];
  for (const { namespace, value } of given) {
    const keptAs = namespaces.get(namespace);
    if (!keptAs) return unknown("unknown-namespace", "namespace", namespace, namespaces.keys());
    const kept = keptAs(value);
    if (kept === null) return fault("wrong-value", `The value is none of the namespace "${namespace}".`);
    read.push({ namespace, value: kept, customerId });
  }
  return { read };
}

const notAnInstant: Fault = { code: "wrong-value", message: 'Field "at" is beyond the calendar.' };

function instantFault(at: number | undefined, now: number): Fault | undefined {
  if (at === undefined || at <= now + toleranceMs) return undefined;
  const message = `Field "at" is ${new Date(at).toISOString()}, more than 5 minutes ahead of ${new Date(now).toISOString()}.`;
  return { code: "in-the-future", message };
}

function unknown(code: RejectCode, what: string, given: string, known: Iterable<string>): { readonly fault: Fault } {
  const near = nearestKeys(given, known).map((key) => `"${key}"`);
  const hint = near.length === 0 ? "Add it to the catalogue first." : `Did you mean ${near.join(" or ")}?`;
  return fault(code, `There is no ${what} "${given}". ${hint}`);
}

function item(parts: Partial<IngestItem> & Pick<IngestItem, "customerId">): { readonly item: IngestItem } {
  return { item: { consents: [], identities: [], ...parts } };
}

function whenShaped<L, T>(shaped: Read<{ readonly line: L }>, use: (line: L) => Read<T>): Read<T> {
  return "fault" in shaped ? shaped : use(shaped.line);
}

function whenRead<R, T>(read: Read<{ readonly read: R }>, use: (value: R) => Read<T>): Read<T> {
  return "fault" in read ? read : use(read.read);
}
