import { instantOf, numberOf, rangeOf, spanOf, textOf, textsOf, unfit, unreadable } from "./condition-value";
import type { AttributeCondition, Profile } from "./definition";

/** A compiled node: a pure function of the profile and the instant in milliseconds. */
export type Test = (profile: Profile, asOf: number) => boolean;

/** A value of a type that the operator does not compare counts as missing. */
export function compileCondition(condition: AttributeCondition): Test {
  const { attribute: key, operator } = condition;
  switch (operator) {
    case "equals":
      return equals(condition);
    case "not_equals":
      return notEquals(condition);
    case "in": {
      const values = new Set(textsOf(condition));
      return onText(key, (actual) => values.has(actual));
    }
    case "not_in": {
      const values = new Set(textsOf(condition));
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
      const [low, high] = rangeOf(condition);
      return onNumber(key, (actual) => actual >= low && actual <= high);
    }
    case "before":
      return onNumber(key, before(instantOf(condition)));
    case "after":
      return onNumber(key, after(instantOf(condition)));
    case "within_last": {
      const span = spanOf(condition);
      return onNumber(key, (actual, asOf) => actual > asOf - span && actual <= asOf);
    }
    case "not_within_last": {
      const span = spanOf(condition);
      return onNumber(key, (actual, asOf) => actual <= asOf - span || actual > asOf);
    }
    case "within_next": {
      const span = spanOf(condition);
      return onNumber(key, (actual, asOf) => actual > asOf && actual <= asOf + span);
    }
    case "contains_any": {
      const wanted = new Set(textsOf(condition));
      return onSet(key, (actual) => actual.some((each) => wanted.has(each)));
    }
    case "contains_all": {
      const wanted = [...new Set(textsOf(condition))];
      return onSet(key, (actual) => wanted.length <= actual.length && wanted.every((each) => actual.includes(each)));
    }
    case "contains_none": {
      const wanted = new Set(textsOf(condition));
      return onSet(key, (actual) => !actual.some((each) => wanted.has(each)));
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

function equals(condition: AttributeCondition): Test {
  const { attribute: key, value } = condition;
  if (typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value)) throw unfit(condition);
  return (profile) => profile.attributes[key] === value;
}

function notEquals(condition: AttributeCondition): Test {
  const { attribute: key, value } = condition;
  if (typeof value === "string") return onText(key, (actual) => actual !== value);
  const number = numberOf(condition);
  return onNumber(key, (actual) => actual !== number);
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

function part(condition: AttributeCondition, holds: (actual: string, wanted: string) => boolean) {
  const wanted = textOf(condition);
  return (actual: string): boolean => holds(actual, wanted);
}

function bound(condition: AttributeCondition, holds: (actual: number, limit: number) => boolean) {
  const limit = numberOf(condition);
  return (actual: number): boolean => holds(actual, limit);
}
