import type { AttributeType } from "@/lib/catalogue/definition";

export const typeWords = {
  string: "Text",
  number: "Number",
  boolean: "Yes or no",
  timestamp: "Time",
  string_set: "Set of texts",
} as const satisfies Record<AttributeType, string>;
