import type { AttributeType } from "../catalogue/definition";
import { DomainError } from "../errors";
import type { AttributeValue, Profile } from "../rules/definition";
import { isInstant } from "../rules/instant";

/**
 * The profile as it is stored: texts NFC and trimmed, empty texts missing, sets without duplicates, no minus zero.
 * Throws invalid for an attribute that is not stored or a value of another type.
 */
export function storableProfile(profile: Profile, types: ReadonlyMap<string, AttributeType>): Profile {
  if (profile.id === "" || !profile.id.isWellFormed()) throw unstorable(profile.id, "its id is empty or not Unicode.");
  const attributes: Record<string, AttributeValue> = {};
  for (const [key, value] of Object.entries(profile.attributes)) {
    const type = types.get(key);
    if (!type) throw unstorable(profile.id, `attribute "${key}" is not in the catalogue.`);
    const stored = storableValue(value, type);
    if (stored === undefined) throw unstorable(profile.id, `attribute "${key}" holds no ${type.replace("_", " ")}.`);
    if (stored !== "") attributes[key] = stored;
  }
  const region = profile.region ? { region: profile.region } : {};
  return {
    id: profile.id,
    ...region,
    consents: [...new Set(profile.consents)],
    objections: [...new Set(profile.objections)],
    attributes,
  };
}

/** Undefined for a value that is not of the type. */
export function storableValue(value: AttributeValue, type: AttributeType): AttributeValue | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" && value.isWellFormed() ? storableText(value) : undefined;
    case "number":
      return Number.isFinite(value) ? Number(value) + 0 : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "timestamp":
      return isInstant(value) ? value + 0 : undefined;
    case "string_set":
      return Array.isArray(value) ? storableSet(value) : undefined;
  }
}

function storableSet(values: readonly unknown[]): string[] | undefined {
  const texts = new Set<string>();
  for (const value of values) {
    if (typeof value !== "string" || !value.isWellFormed()) return undefined;
    const text = storableText(value);
    if (text !== "") texts.add(text);
  }
  return [...texts];
}

export function storableText(text: string): string {
  return text.normalize("NFC").trim();
}

function unstorable(id: string, why: string): DomainError {
  return new DomainError("invalid", `Customer "${id}" cannot be stored: ${why}`, { reason: "unstorable-profile" });
}
