import type { Actor } from "../access/actor";
import { can } from "../access/permissions";
import type { Attribute, Catalogue } from "./definition";

const personalLabels: ReadonlySet<string> = new Set(["personal", "special"]);
const personalKey = /(^|[_-])(e-?mail|mail|phone|mobile|msisdn|iban|passport|birth|surname|lastname|firstname)($|[_-])/;
/** No address or number is longer; a longer text could take the pattern for ever. */
const longestPersonal = 320;
const personalValue = /^[^\s@]+@[^\s@]+\.[^\s@]+$|^(\+|\(?0)[\d ()/.-]{7,}\d$/;

/**
 * Whether a value is kept from those who may not see personal data: what is labelled so, and what looks like an
 * address or a number of a person although nobody labelled it.
 */
export function isPersonal(attribute: Pick<Attribute, "key" | "labels">, value: unknown): boolean {
  if (attribute.labels.some((label) => personalLabels.has(label))) return true;
  if (personalKey.test(attribute.key)) return true;
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.some((text) => typeof text === "string" && text.length <= longestPersonal && personalValue.test(text));
}

/**
 * Whether an actor is kept from a value of an attribute, by its key; one that the catalogue does not know goes by the
 * key alone.
 */
export function maskingFor(
  actor: Pick<Actor, "roles">,
  attributes: Catalogue["attributes"],
): (key: string, value: unknown) => boolean {
  const unmasked = can(actor, "customer.unmask");
  return (key, value) => !unmasked && isPersonal(attributes.get(key) ?? { key, labels: [] }, value);
}
