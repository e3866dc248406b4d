import type { Attribute, AttributeType } from "../catalogue/definition";
import { DomainError } from "../errors";

/** Those that are not stored yet, each once. Throws conflict for one that is stored with another type. */
export function newAttributes(
  attributes: readonly Attribute[],
  types: ReadonlyMap<string, AttributeType>,
): readonly Attribute[] {
  for (const { key, type } of attributes) {
    const stored = types.get(key);
    if (stored !== undefined && stored !== type)
      throw new DomainError("conflict", `Attribute "${key}" is stored as ${stored} and cannot become ${type}.`, {
        reason: "attribute-type-changed",
      });
  }
  const fresh = attributes.filter(({ key }) => !types.has(key));
  return [...new Map(fresh.map((attribute) => [attribute.key, attribute])).values()];
}
