import type { Aggregate, AttributeSource, LawfulBasis, PropertyType } from "@/lib/catalogue/definition";
import { typeWords } from "@/lib/catalogue/type-words";

export const propertyTypeWords = {
  string: typeWords.string,
  number: typeWords.number,
  boolean: typeWords.boolean,
  timestamp: typeWords.timestamp,
} as const satisfies Record<PropertyType, string>;

export const basisWords = {
  consent: "consent",
  contract: "contract",
  legal_duty: "legal duty",
  legitimate_interest: "legitimate interest",
  vital_interest: "vital interest",
  public_task: "public task",
} as const satisfies Record<LawfulBasis, string>;

export const sourceWords = {
  stored: "From data",
  computed: "From events",
  score: "A score",
} as const satisfies Record<AttributeSource, string>;

export const aggregateWords = {
  count: "how many",
  sum: "sum of a property",
  min: "least of a property",
  max: "greatest of a property",
  last: "latest of a property",
  distinct: "number of different values",
} as const satisfies Record<Aggregate, string>;

export function optionsOf(words: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
