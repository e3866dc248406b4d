import { DomainError } from "../errors";
import {
  type AttributeCondition,
  type ConditionValue,
  type Profile,
  unitMilliseconds,
  type Window,
} from "./definition";

/** A compiled node: a pure function of the profile and the instant in milliseconds. */
export type Test = (profile: Profile, asOf: number) => boolean;

export function unreadable(message: string): DomainError {
  return new DomainError("invalid", message, { reason: "unreadable-rule" });
}

/** A value of a type that the operator does not compare counts as missing. */
export function compileCondition(condition: AttributeCondition): Test {
  const { attribute: key, operator, value } = condition;
  switch (operator) {
    case "equals":
      return equals(key, value);
    case "not_equals":
      return notEquals(key, value);
    case "in": {
      const values = new Set(texts(condition));
      return onText(key, (actual) => values.has(actual));
    }
    case "not_in": {
      const values = new Set(texts(condition));
      return onText(key, (actual) => !values.has(actual));
    }
    case "contains":
      return onText(
        key,
        part(condition, (actual, wanted) => actual.includes(wanted)),
      );
    case "starts_with":
      return onText(
        key,
        part(condition, (actual, wanted) => actual.startsWith(wanted)),
      );
    case "ends_with":
      return onText(
        key,
        part(condition, (actual, wanted) => actual.endsWith(wanted)),
      );
    case "less_than":
      return onNumber(
        key,
        bound(condition, (actual, limit) => actual < limit),
      );
    case "at_most":
      return onNumber(
        key,
        bound(condition, (actual, limit) => actual <= limit),
      );
    case "greater_than":
      return onNumber(
        key,
        bound(condition, (actual, limit) => actual > limit),
      );
    case "at_least":
      return onNumber(
        key,
        bound(condition, (actual, limit) => actual >= limit),
      );
    case "between": {
      const [low, high] = range(condition);
      return onNumber(key, (actual) => actual >= low && actual <= high);
    }
    case "before":
      return onNumber(key, before(instant(condition)));
    case "after":
      return onNumber(key, after(instant(condition)));
    case "within_last": {
      const span = milliseconds(condition);
      return onNumber(key, (actual, asOf) => actual > asOf - span && actual <= asOf);
    }
    case "not_within_last": {
      const span = milliseconds(condition);
      return onNumber(key, (actual, asOf) => actual <= asOf - span || actual > asOf);
    }
    case "within_next": {
      const span = milliseconds(condition);
      return onNumber(key, (actual, asOf) => actual > asOf && actual <= asOf + span);
    }
    case "contains_any": {
      const wanted = texts(condition);
      return onSet(key, (actual) => wanted.some((each) => actual.includes(each)));
    }
    case "contains_all": {
      const wanted = texts(condition);
      return onSet(key, (actual) => wanted.every((each) => actual.includes(each)));
    }
    case "contains_none": {
      const wanted = texts(condition);
      return onSet(key, (actual) => !wanted.some((each) => actual.includes(each)));
    }
    case "is_set":
      return (profile) => isPresent(profile.attributes[key]);
    case "is_not_set":
      return (profile) => !isPresent(profile.attributes[key]);
    default:
      throw unreadable(`The operator "${String(operator)}" of attribute "${key}" is not known.`);
  }
}

/** Whether a profile carries a value that any operator could compare. */
export function isPresent(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value) || Array.isArray(value);
}

function equals(key: string, value: ConditionValue | undefined): Test {
  if (typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value)) throw unfit(key, "equals");
  return (profile) => profile.attributes[key] === value;
}

function notEquals(key: string, value: ConditionValue | undefined): Test {
  if (typeof value === "string") return onText(key, (actual) => actual !== value);
  if (Number.isFinite(value)) return onNumber(key, (actual) => actual !== value);
  throw unfit(key, "not_equals");
}

function onText(key: string, holds: (actual: string) => boolean): Test {
  return (profile) => {
    const actual = profile.attributes[key];
    return typeof actual === "string" && holds(actual);
  };
}

function onNumber(key: string, holds: (actual: number, asOf: number) => boolean): Test {
  return (profile, asOf) => {
    const actual = profile.attributes[key];
    return typeof actual === "number" && Number.isFinite(actual) && holds(actual, asOf);
  };
}

function onSet(key: string, holds: (actual: readonly string[]) => boolean): Test {
  return (profile) => {
    const actual = profile.attributes[key];
    return Array.isArray(actual) && holds(actual);
  };
}

function before(limit: number) {
  return (actual: number): boolean => actual < limit;
}

function after(limit: number) {
  return (actual: number): boolean => actual > limit;
}

function part({ attribute, operator, value }: AttributeCondition, holds: (actual: string, wanted: string) => boolean) {
  if (typeof value !== "string") throw unfit(attribute, operator);
  return (actual: string): boolean => holds(actual, value);
}

function bound({ attribute, operator, value }: AttributeCondition, holds: (actual: number, limit: number) => boolean) {
  if (typeof value !== "number" || !Number.isFinite(value)) throw unfit(attribute, operator);
  return (actual: number): boolean => holds(actual, value);
}

function texts({ attribute, operator, value }: AttributeCondition): readonly string[] {
  if (!isList(value) || !value.every((each) => typeof each === "string")) throw unfit(attribute, operator);
  return value;
}

function range({ attribute, operator, value }: AttributeCondition): readonly [number, number] {
  if (!isList(value)) throw unfit(attribute, operator);
  const [low, high] = value;
  if (typeof low !== "number" || typeof high !== "number" || value.length !== 2) throw unfit(attribute, operator);
  return [low, high];
}

function instant({ attribute, operator, value }: AttributeCondition): number {
  const milliseconds = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw unfit(attribute, operator);
  return milliseconds;
}

function milliseconds({ attribute, operator, value }: AttributeCondition): number {
  if (typeof value !== "object" || isList(value)) throw unfit(attribute, operator);
  return windowMilliseconds(value) ?? fail(unfit(attribute, operator));
}

function windowMilliseconds({ n, unit }: Window): number | undefined {
  const length = n * unitMilliseconds[unit];
  return length > 0 ? length : undefined;
}

function isList(value: ConditionValue | undefined): value is readonly string[] | readonly number[] {
  return Array.isArray(value);
}

function unfit(attribute: string, operator: string): DomainError {
  return unreadable(`The operator "${operator}" of attribute "${attribute}" has a value that it cannot read.`);
}

function fail(error: DomainError): never {
  throw error;
}
