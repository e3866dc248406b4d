import type { AttributeOperator, ListCondition, SegmentCondition } from "./definition";

export type AnyOperator = AttributeOperator | SegmentCondition["operator"] | ListCondition["operator"];

/** An operator as it stands between an attribute and its value. */
export const operatorWords = {
  equals: "is",
  not_equals: "is not",
  in: "is one of",
  not_in: "is none of",
  contains: "contains",
  starts_with: "starts with",
  ends_with: "ends with",
  is_set: "is set",
  is_not_set: "is not set",
  less_than: "less than",
  at_most: "at most",
  greater_than: "more than",
  at_least: "at least",
  between: "between",
  before: "before",
  after: "after",
  within_last: "within last",
  not_within_last: "not within last",
  within_next: "within next",
  contains_any: "has any of",
  contains_all: "has all of",
  contains_none: "has none of",
  member: "member of",
  not_member: "not member of",
  listed: "listed in",
  not_listed: "not listed in",
} as const satisfies Record<AnyOperator, string>;
