import type { AttributeType } from "./definition";

/** What an attribute holds, on screens. */
export const typeWords = {
  string: "text",
  number: "number",
  boolean: "yes or no",
  timestamp: "instant",
  string_set: "set of texts",
} as const satisfies Record<AttributeType, string>;

export const typeChoices = Object.entries(typeWords).map(([value, label]) => ({ value, label }));
