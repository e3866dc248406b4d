import type { AttributeType } from "../catalogue/definition";
import type { Rule } from "../rules/definition";

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
