import type { AttributeType, WindowUnit } from "@/lib/catalogue/definition";

export const typeWords = {
  string: "Text",
  number: "Number",
  boolean: "Yes or no",
  timestamp: "Time",
  string_set: "Set of texts",
} as const satisfies Record<AttributeType, string>;

export const unitWords = { minutes: "minutes", hours: "hours", days: "days" } as const satisfies Record<
  WindowUnit,
  string
>;
