import type { AttributeType, LawfulBasis } from "@/lib/catalogue/definition";

export const typeWords = {
  string: "text",
  number: "number",
  boolean: "yes or no",
  timestamp: "instant",
  string_set: "set of texts",
} as const satisfies Record<AttributeType, string>;

export const basisWords = {
  consent: "consent",
  contract: "contract",
  legal_duty: "legal duty",
  legitimate_interest: "legitimate interest",
  vital_interest: "vital interest",
  public_task: "public task",
} as const satisfies Record<LawfulBasis, string>;

export function optionsOf(words: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
