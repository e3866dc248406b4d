import { DomainError } from "../errors";
import { type AttributeCondition, type ConditionValue, unitMilliseconds } from "./definition";

/** What a program says of a rule that it cannot read: never a silent false. */
export function unreadable(message: string): DomainError {
  return new DomainError("invalid", message, { reason: "unreadable-rule" });
}

export function unfit({ attribute, operator }: AttributeCondition): DomainError {
  return unreadable(
    `The operator "${operator}" of attribute "${attribute}" does not fit the attribute's type, or has a value that it cannot read.`,
  );
}

export function textOf(condition: AttributeCondition): string {
  if (typeof condition.value !== "string") throw unfit(condition);
  return condition.value;
}

export function textsOf(condition: AttributeCondition): readonly string[] {
  const { value } = condition;
  if (!isList(value)) throw unfit(condition);
  return value.map((each) => {
    if (typeof each !== "string") throw unfit(condition);
    return each;
  });
}

export function numberOf(condition: AttributeCondition): number {
  if (!isFiniteNumber(condition.value)) throw unfit(condition);
  return condition.value;
}

export function rangeOf(condition: AttributeCondition): readonly [low: number, high: number] {
  const { value } = condition;
  const [low, high] = isList(value) && value.length === 2 ? value : [];
  if (!isFiniteNumber(low) || !isFiniteNumber(high)) throw unfit(condition);
  return [low, high];
}

/** Milliseconds since 1970 UTC. */
export function instantOf(condition: AttributeCondition): number {
  const milliseconds = typeof condition.value === "string" ? Date.parse(condition.value) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw unfit(condition);
  return milliseconds;
}

/** The length of a window in milliseconds. */
export function spanOf(condition: AttributeCondition): number {
  const { value } = condition;
  if (typeof value !== "object" || isList(value)) throw unfit(condition);
  const milliseconds = value.n * unitMilliseconds[value.unit];
  if (!(milliseconds > 0)) throw unfit(condition);
  return milliseconds;
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isList(value: ConditionValue | undefined): value is readonly string[] | readonly number[] {
  return Array.isArray(value);
}
