import { type AttributeType, attributeTypes } from "../catalogue/definition";
import { isObject } from "./check-bounds";
import { groupKinds, operatorsByType } from "./definition";

/**
 * The attributes that a rule names, with the type that its operators and values ask for, in the order in which they
 * stand. Of any input, checked or not: where uses ask for different types, the first that tells one apart counts, and
 * checking the rule shows the others.
 */
export function inferAttributes(input: unknown, mostNodes = 20_000): ReadonlyMap<string, AttributeType> {
  const found = new Map<string, AttributeType | undefined>();
  const waiting: unknown[] = [input];
  for (let seen = 0; waiting.length > 0 && seen < mostNodes; seen += 1) {
    const node = waiting.pop();
    if (!isObject(node)) continue;
    const { attribute, operator, value }: { attribute?: unknown; operator?: unknown; value?: unknown } = node;
    if (typeof attribute === "string") found.set(attribute, found.get(attribute) ?? typeOf(operator, value));
    for (const kind of groupKinds) {
      const children: unknown = Object.hasOwn(node, kind) ? Reflect.get(node, kind) : undefined;
      if (Array.isArray(children)) waiting.push(...children.slice(0, mostNodes).reverse());
    }
  }
  return new Map([...found].map(([key, type]) => [key, type ?? "string"]));
}

/** Undefined where the operator is every type's, or nobody's. */
function typeOf(operator: unknown, value: unknown): AttributeType | undefined {
  const having = attributeTypes.filter((type) => operatorsByType[type].some((each) => each === operator));
  const [only, ...others] = having;
  if (others.length === 0) return only;
  return having.find((type) => type === typeof value);
}
