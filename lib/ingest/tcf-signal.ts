import { GppModel } from "@iabgpp/cmpapi";
import { TCString } from "@iabtechlabtcf/core";
import type { Purpose } from "../catalogue/definition";
import type { ConsentState } from "../engine/customer-records";

/** What a person said to the purposes of the IAB's framework, by number. */
export type TcfSignal = {
  readonly consented: ReadonlySet<number>;
  /** Of which they were told that they rest on a legitimate interest, and did not object. */
  readonly unopposed: ReadonlySet<number>;
  /** The version of the text that they saw. */
  readonly text: string;
};

/** The framework's purpose by number, and the purposes here that it is part of. */
export type TcfMapping = Readonly<Record<string, readonly string[]>>;

/** Of a TCF string of version 2; null where it is none. */
export function decodeTcf(encoded: string): TcfSignal | null {
  return quietly(() => {
    const { version, purposeConsents, purposeLegitimateInterests, policyVersion, cmpId } = TCString.decode(encoded);
    if (version !== 2) return null;
    const numbers = (given: Iterable<[number, boolean]>) =>
      new Set([...given].flatMap(([number, said]) => (said ? [number] : [])));
    return {
      consented: numbers(purposeConsents),
      unopposed: withoutConsentOnly(numbers(purposeLegitimateInterests)),
      text: textOf(policyVersion, cmpId),
    };
  });
}

const section = "tcfeuv2";

/** Of the European section of a GPP string; null where there is none. */
export function decodeGpp(encoded: string): TcfSignal | null {
  return quietly(() => {
    const gpp = new GppModel(encoded);
    if (!gpp.hasSection(section)) return null;
    const numbers = (field: string) => {
      const bits: unknown = gpp.getFieldValue(section, field);
      return new Set(Array.isArray(bits) ? bits.flatMap((said, index) => (said === true ? [index + 1] : [])) : []);
    };
    return {
      consented: numbers("PurposeConsents"),
      unopposed: withoutConsentOnly(numbers("PurposeLegitimateInterests")),
      text: textOf(gpp.getFieldValue(section, "PolicyVersion"), gpp.getFieldValue(section, "CmpId")),
    };
  });
}

/**
 * What a signal says of the purposes here. One that rests on consent is granted where consent was given to all that it
 * is part of, and withdrawn otherwise. Any other is objected to unless each was consented to or left unopposed: the
 * framework says an objection and a silence in the same way, so both count as an objection.
 */
export function statesOf(
  { consented, unopposed }: TcfSignal,
  mapping: TcfMapping,
  purposes: ReadonlyMap<string, Pick<Purpose, "lawfulBasis">>,
): ReadonlyMap<string, ConsentState> {
  const parts = new Map<string, number[]>();
  for (const [number, keys] of Object.entries(mapping)) {
    for (const key of keys) parts.set(key, [...(parts.get(key) ?? []), Number(number)]);
  }
  return new Map(
    [...parts].map(([key, numbers]) => {
      if (purposes.get(key)?.lawfulBasis === "consent")
        return [key, numbers.every((number) => consented.has(number)) ? "granted" : "withdrawn"];
      const isLeft = numbers.every((number) => consented.has(number) || unopposed.has(number));
      return [key, isLeft ? "granted" : "objected"];
    }),
  );
}

/** The framework lets these rest on consent alone, whatever a string says. */
const consentOnly: ReadonlySet<number> = new Set([1, 3, 4, 5, 6]);

function withoutConsentOnly(numbers: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...numbers].filter((number) => !consentOnly.has(number)));
}

function textOf(policyVersion: unknown, cmpId: unknown): string {
  return `TCF policy ${String(policyVersion)}, CMP ${String(cmpId)}`;
}

/** Both libraries throw whatever they stumble over. */
function quietly(read: () => TcfSignal | null): TcfSignal | null {
  try {
    return read();
  } catch {
    return null;
  }
}
