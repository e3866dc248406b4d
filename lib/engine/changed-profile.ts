import type { AttributeValue, Profile } from "../rules/definition";
import { type DecidedConsents, withConsents } from "./consent-statement";
import type { ProfileChange } from "./customer-records";

/** Who is not known, and of whom nothing but the id is told. */
function unknownProfile(id: string): Profile {
  return { id, consents: [], objections: [], attributes: {} };
}

/** The customer after the changes, in their order, and what their statements come to. */
export function changedProfile(
  id: string,
  known: Profile | undefined,
  changes: readonly ProfileChange[],
  decided: DecidedConsents,
): Profile {
  return withConsents(changes.reduce(applyChange, known ?? unknownProfile(id)), decided);
}

function applyChange(profile: Profile, change: ProfileChange): Profile {
  const { region: before, ...rest } = profile;
  const region = change.region === undefined ? before : (change.region ?? undefined);
  const told = change.attributes ?? {};
  const attributes: Record<string, AttributeValue> = {};
  for (const [key, value] of Object.entries(profile.attributes)) if (!(key in told)) attributes[key] = value;
  for (const [key, value] of Object.entries(told)) if (value !== null) attributes[key] = value;
  return { ...rest, ...(region === undefined ? {} : { region }), attributes };
}

/** Whether both say the same, in whatever order their sets are. */
export function isSameProfile(one: Profile, other: Profile): boolean {
  if (one.region !== other.region || !isSameSet(one.consents, other.consents)) return false;
  if (!isSameSet(one.objections, other.objections)) return false;
  const keys = Object.keys(one.attributes);
  return (
    keys.length === Object.keys(other.attributes).length &&
    keys.every((key) => isSameValue(one.attributes[key], other.attributes[key]))
  );
}

export function isSameValue(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  return Array.isArray(one) && Array.isArray(other) ? isSameSet(one, other) : one === other;
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const known = new Set(other);
  return one.length === known.size && one.every((value) => known.has(value));
}
