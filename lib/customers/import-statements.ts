import type { Catalogue } from "../catalogue/definition";
import type { ConsentState, ConsentStatement, ProfileChange } from "../engine/customer-records";
import type { Profile } from "../rules/definition";
import type { ImportMapping, PurposeSource } from "./import-mapping";

/** Under which name, and from when, an import keeps what its file says of purposes, and what stood before. */
export type Recorded = {
  /** "import:ID" */
  readonly source: string;
  /** Milliseconds. */
  readonly at: number;
};

/** Each purpose of which the file says something, and what it says it of. */
export type StatedOf = { readonly purpose: string; readonly consents: boolean; readonly objections: boolean };

export function statedPurposes({ consents, objections }: ImportMapping, { purposes }: Catalogue): StatedOf[] {
  const of = (source: PurposeSource | undefined) =>
    new Set(
      source ? [...Object.values(source.columns), ...source.constant, ...(source.list ? purposes.keys() : [])] : [],
    );
  const [consented, objected] = [of(consents), of(objections)];
  return [...new Set([...consented, ...objected])].map((purpose) => {
    return { purpose, consents: consented.has(purpose), objections: objected.has(purpose) };
  });
}

/** What stands of a customer and one purpose. */
export type Standing = { readonly consents: boolean; readonly objects: boolean };

/**
 * The statement that the file makes by what stands after and before it, or none: who never consented and does not now
 * has said nothing. An objection of which the file does not speak stays without a word.
 */
export function importedState(
  stated: Omit<StatedOf, "purpose">,
  after: Standing,
  before: Standing & { readonly hasSpoken: boolean },
): ConsentState | undefined {
  if (after.objects) return stated.objections ? "objected" : undefined;
  if (after.consents) return stated.consents || before.objects ? "granted" : undefined;
  return before.consents || before.objects || before.hasSpoken ? "withdrawn" : undefined;
}

export type Stating = {
  readonly stated: readonly StatedOf[];
  readonly recorded: Recorded;
  /** Whether the customer has said something of the purpose before. */
  readonly spoken: (purpose: string) => boolean;
};

/** The same of one customer, as the file has them and as they were known. */
export function importedStatements(
  fresh: Profile,
  known: Profile | undefined,
  { stated, recorded: { source, at }, spoken }: Stating,
): ConsentStatement[] {
  return stated.flatMap((speaks) => {
    const { purpose } = speaks;
    const before = {
      consents: known?.consents.includes(purpose) ?? false,
      objects: known?.objections.includes(purpose) ?? false,
      hasSpoken: spoken(purpose),
    };
    const after = {
      consents: speaks.consents ? fresh.consents.includes(purpose) : before.consents,
      objects: speaks.objections ? fresh.objections.includes(purpose) : before.objects,
    };
    const state = importedState(speaks, after, before);
    return state === undefined ? [] : [{ customerId: fresh.id, purpose, state, at, source }];
  });
}

/** What the mapping reads is as the file has it, what it leaves out stays as it is. */
export function importedChange({ id, region, attributes }: Profile, mapping: ImportMapping): ProfileChange {
  const keys = Object.values(mapping.attributes).map(({ key }) => key);
  return {
    id,
    ...(mapping.region === undefined ? {} : { region: region ?? null }),
    attributes: Object.fromEntries(keys.map((key) => [key, attributes[key] ?? null])),
  };
}
