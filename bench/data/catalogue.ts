import { type AttributeType, attributeSchema, catalogueOf } from "../../lib/catalogue/definition";
import { type ImportMapping, importMappingSchema } from "../../lib/customers/import-mapping";

/** Of the generated customers' columns, those that are attributes. */
export const benchTypes = {
  plan: "string",
  city: "string",
  channel: "string",
  device: "string",
  spend: "number",
  balance: "number",
  tenure_months: "number",
  orders: "number",
  churn: "number",
  active: "boolean",
  signed_up_at: "timestamp",
  last_seen_at: "timestamp",
  email: "string",
  tags: "string_set",
} as const satisfies Record<string, AttributeType>;

export const benchCatalogue = catalogueOf({
  attributes: Object.entries(benchTypes).map(([key, type]) => attributeSchema.parse({ key, name: key, type })),
  regions: ["eu", "uk", "us", "apac"].map((key) => ({ key, name: key, description: "" })),
  purposes: ["marketing", "research"].map((key) => ({
    key,
    name: key,
    lawfulBasis: "consent" as const,
    description: "",
  })),
});

export const benchMapping: ImportMapping = importMappingSchema.parse({
  id: "customer_id",
  region: "region",
  consents: { columns: { marketing: "marketing", research: "research" } },
  attributes: Object.fromEntries(Object.entries(benchTypes).map(([key, type]) => [key, { key, type }])),
});
