import { isFiniteNumber, unreadable } from "./condition-value";
import {
  type AttributeCondition,
  type AttributeOperator,
  type ConditionValue,
  formatPath,
  type GroupKind,
  type GuardLeaf,
  groupKinds,
  type ListedCustomer,
  operatorsByType,
  type RulePath,
  type TreeNode,
} from "./definition";
import { group } from "./group";

const operators: ReadonlySet<string> = new Set(Object.values(operatorsByType).flat());
type Fields = Readonly<Record<string, unknown>>;

/**
 * The tree that a reader was sent, built anew of what is known of trees. References have been expanded in it. Throws
 * `DomainError("invalid", reason "unreadable-rule")` with the place of whatever is not known, a surplus field too: what
 * a newer writer means by it would be missed. Values are read by `compile`.
 */
export function readTree(input: unknown, path: RulePath = []): TreeNode {
  const node = fieldsOf(input, path);
  const kind = groupKinds.find((each) => Object.hasOwn(node, each));
  if (kind !== undefined) return readGroup(node, kind, path);
  return Object.hasOwn(node, "guard") ? readGuard(node, path) : readCondition(node, path);
}

function readGroup(node: Fields, kind: GroupKind, path: RulePath): TreeNode {
  only(node, [kind], path);
  const place = [...path, kind];
  return group(
    kind,
    listOf(node[kind], place).map((child, index) => readTree(child, [...place, index])),
  );
}

function readCondition(node: Fields, path: RulePath): AttributeCondition {
  only(node, ["attribute", "operator", "value"], path);
  const { operator, value } = node;
  const attribute = textOf(node.attribute, [...path, "attribute"]);
  if (!isOperator(operator)) throw unknown(`operator ${JSON.stringify(operator)}`, path);
  if (value === undefined) return { attribute, operator };
  if (!isConditionValue(value)) throw unknown("value", [...path, "value"]);
  return { attribute, operator, value };
}

function readGuard(node: Fields, path: RulePath): GuardLeaf {
  const { guard } = node;
  switch (guard) {
    case "consent":
    case "objection":
      only(node, ["guard", "purpose"], path);
      return { guard, purpose: textOf(node.purpose, [...path, "purpose"]) };
    case "region": {
      only(node, ["guard", "regions"], path);
      const place = [...path, "regions"];
      return { guard, regions: listOf(node.regions, place).map((each, index) => textOf(each, [...place, index])) };
    }
    case "listed": {
      only(node, ["guard", "entries"], path);
      const place = [...path, "entries"];
      return { guard, entries: listOf(node.entries, place).map((each, index) => readEntry(each, [...place, index])) };
    }
    case "rollout":
      only(node, ["guard", "salt", "below"], path);
      return { guard, salt: textOf(node.salt, [...path, "salt"]), below: numberOf(node.below, [...path, "below"]) };
    default:
      throw unknown(`guard ${JSON.stringify(guard)}`, path);
  }
}

function readEntry(input: unknown, path: RulePath): ListedCustomer {
  const entry = fieldsOf(input, path);
  only(entry, ["customerId", "expiresAt"], path);
  const customerId = textOf(entry.customerId, [...path, "customerId"]);
  if (entry.expiresAt === undefined) return { customerId };
  return { customerId, expiresAt: numberOf(entry.expiresAt, [...path, "expiresAt"]) };
}

function isOperator(value: unknown): value is AttributeOperator {
  return typeof value === "string" && operators.has(value);
}

function isConditionValue(value: unknown): value is ConditionValue {
  if (typeof value === "string" || typeof value === "boolean" || isFiniteNumber(value)) return true;
  if (Array.isArray(value)) return value.every((each) => typeof each === "string") || value.every(isFiniteNumber);
  return typeof value === "object" && value !== null && "n" in value && "unit" in value && isFiniteNumber(value.n);
}

function fieldsOf(input: unknown, path: RulePath): Fields {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return { ...input };
  throw unknown("value, which is no object,", path);
}

function only(node: Fields, known: readonly string[], path: RulePath): void {
  const surplus = Object.keys(node).find((field) => !known.includes(field));
  if (surplus !== undefined) throw unknown(`field ${JSON.stringify(surplus)}`, path);
}

function listOf(value: unknown, path: RulePath): readonly unknown[] {
  if (!Array.isArray(value)) throw unknown("value, which is no list,", path);
  return value;
}

function textOf(value: unknown, path: RulePath): string {
  if (typeof value !== "string") throw unknown("value, which is no text,", path);
  return value;
}

function numberOf(value: unknown, path: RulePath): number {
  if (!isFiniteNumber(value)) throw unknown("value, which is no number,", path);
  return value;
}

function unknown(what: string, path: RulePath) {
  return unreadable(`The ${what} at ${placeOf(path)} is not known.`);
}

function placeOf(path: RulePath): string {
  return path.length === 0 ? "the root" : formatPath(path);
}
