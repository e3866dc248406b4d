import {
  type Attribute,
  type AttributeType,
  attributeSchema,
  type Catalogue,
  catalogueOf,
} from "../catalogue/definition";
import { suggestedKey } from "../customers/import-inference";
import { type ImportMapping, importMappingSchema } from "../customers/import-mapping";
import type { AttributeValue, Profile, Rule } from "../rules/definition";

const numbers = ["tenure", "MonthlyCharges", "TotalCharges"];
const flags = ["SeniorCitizen", "Partner", "Dependents", "PhoneService", "PaperlessBilling", "Churn"];

const equals = (attribute: string, value: string | boolean): Rule => ({ attribute, operator: "equals", value });
const isMonthly = equals("contract", "Month-to-month");

/** Segments over customers of a telephone company, after its columns; keys as `suggestedKey` gives them. */
export const telcoRules: Record<string, Rule> = {
  T1: { all: [isMonthly, equals("internet_service", "Fiber optic"), equals("churn", false)] },
  T2: {
    all: [
      { attribute: "tenure", operator: "at_least", value: 24 },
      { attribute: "contract", operator: "in", value: ["One year", "Two year"] },
    ],
  },
  T3: {
    all: [
      equals("senior_citizen", true),
      equals("paperless_billing", true),
      equals("payment_method", "Electronic check"),
    ],
  },
  T4: { attribute: "total_charges", operator: "is_not_set" },
  T5: { attribute: "total_charges", operator: "less_than", value: 100 },
  T6: { attribute: "monthly_charges", operator: "between", value: [70, 100] },
  T7: equals("online_security", "No"),
  T8: {
    all: [
      { any: [isMonthly, { attribute: "tenure", operator: "less_than", value: 6 }] },
      { none: [{ all: [equals("partner", true), equals("dependents", true)] }] },
    ],
  },
};

export function telcoType(column: string): AttributeType {
  return numbers.includes(column) ? "number" : flags.includes(column) ? "boolean" : "string";
}

/** Who says nothing of it lives there. */
export const telcoRegion = "us";

export function telcoCatalogue(columns: readonly string[]): Catalogue {
  return catalogueOf({
    attributes: telcoAttributes(columns),
    regions: [{ key: telcoRegion, name: "United States", description: "" }],
    purposes: [{ key: "retention", name: "Retention", lawfulBasis: "consent", description: "" }],
  });
}

export function telcoAttributes(columns: readonly string[]): Attribute[] {
  return columns.map((column) => {
    const key = suggestedKey(column);
    return attributeSchema.parse({ key, name: key, type: telcoType(column) });
  });
}

/** `columns` without that of the id. */
export function telcoMapping(columns: readonly string[]): ImportMapping {
  const attributes = columns.map((column) => [column, { key: suggestedKey(column), type: telcoType(column) }]);
  return importMappingSchema.parse({
    ...{ id: "customerID", region: { constant: telcoRegion }, consents: { constant: ["retention"] } },
    attributes: Object.fromEntries(attributes),
  });
}

/** What the import makes of a row, read plainly. */
export function telcoProfile(id: string, row: Readonly<Record<string, string>>): Profile {
  const attributes: Record<string, AttributeValue> = {};
  for (const [column, cell] of Object.entries(row)) {
    const text = cell.trim();
    const type = telcoType(column);
    if (text === "") continue;
    attributes[suggestedKey(column)] =
      type === "number" ? Number(text) : type === "boolean" ? text === "Yes" || text === "1" : text;
  }
  return { id, region: telcoRegion, consents: ["retention"], objections: [], attributes };
}
