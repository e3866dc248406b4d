import type { z } from "zod";
import {
  type Attribute,
  attributeSchema,
  type Purpose,
  purposeSchema,
  type Region,
  regionSchema,
} from "../../lib/catalogue/definition";

export const demoRegions: readonly Region[] = [
  region("eu", "European Union", "Lives in a member state; the GDPR applies."),
  region("uk", "United Kingdom", "The UK GDPR and the Data Protection Act 2018 apply."),
  region("us", "United States"),
  region("ca", "Canada"),
  region("apac", "Asia and Pacific", "Australia, India, Japan, New Zealand and Singapore."),
];

export const demoPurposes: readonly Purpose[] = [
  purpose("marketing", "Marketing", "consent", "News and offers of our own."),
  purpose("personalisation", "Personalisation", "consent", "Prices, pages and recommendations made for one person."),
  purpose("partners", "Partners", "consent", "Offers that we pass on for other companies."),
  purpose("contract", "Contract", "contract", "What the product needs to do what was agreed."),
  purpose("billing", "Billing", "contract", "Invoices, reminders and payments."),
  purpose("fraud_prevention", "Fraud prevention", "legitimate_interest", "Keeping accounts and money safe."),
  purpose(
    "service_improvement",
    "Service improvement",
    "legitimate_interest",
    "Trying changes out before all get them.",
  ),
  purpose("legal_duty", "Legal duty", "legal_duty", "What a law asks of us."),
];

export const demoAttributes: readonly Attribute[] = [
  attribute("full_name", "Full name", "string", { labels: ["personal"] }),
  attribute("email", "E-mail", "string", { labels: ["personal", "no-export"] }),
  attribute("phone", "Telephone", "string", { labels: ["personal", "no-export"] }),
  attribute("country", "Country", "string", { description: "ISO 3166 code of the country of residence." }),
  attribute("language", "Language", "string", { description: "The language that the customer chose, ISO 639." }),
  attribute("plan", "Plan", "string", { description: "free, starter, pro, business, premium or enterprise." }),
  attribute("is_business", "Business customer", "boolean"),
  attribute("is_student", "Student", "boolean", { description: "Proven within the last twelve months." }),
  attribute("monthly_spend", "Monthly spend", "number", { unit: "EUR per month" }),
  attribute("lifetime_value", "Lifetime value", "number", { unit: "EUR" }),
  attribute("negotiated_discount", "Negotiated discount", "number", {
    unit: "%",
    labels: ["contract-restricted"],
    description: "Agreed in writing; the contract forbids its use outside billing and renewal.",
  }),
  attribute("contract_ends_at", "Contract end", "timestamp", { labels: ["contract-restricted"] }),
  attribute("signed_up_at", "Customer since", "timestamp"),
  attribute("last_order_at", "Last order", "timestamp"),
  attribute("last_seen_at", "Last seen", "timestamp", { description: "Last sign-in on any device." }),
  attribute("orders_90d", "Orders", "number", { unit: "in 90 days" }),
  attribute("support_tickets_90d", "Support tickets", "number", { unit: "in 90 days" }),
  attribute("payment_method", "Payment method", "string"),
  attribute("failed_payments_30d", "Failed payments", "number", { unit: "in 30 days" }),
  attribute("invoices_overdue", "Overdue invoices", "number", { description: "Only for those who pay by invoice." }),
  attribute("api_calls_7d", "API calls", "number", { unit: "in 7 days" }),
  attribute("referrals_365d", "Referrals", "number", { unit: "in 365 days" }),
  attribute("new_device_at", "New device", "timestamp", { description: "Last sign-in from a device not seen before." }),
  attribute("two_factor", "Second factor", "boolean", { description: "Signs in with a second factor." }),
  attribute("interests", "Interests", "string_set", { labels: ["personal"], description: "Chosen by the customer." }),
  attribute("devices", "Devices", "string_set"),
  attribute("accessibility_needs", "Accessibility needs", "string_set", {
    labels: ["personal", "special"],
    description: "Told to support by the customer, for support alone.",
  }),
  attribute("nps", "Would recommend", "number", { unit: "of 10", description: "Answer to the last survey." }),
  attribute("churn_score", "Churn score", "number", {
    source: "score",
    model: "churn-v12",
    unit: "of 1.00",
    labels: ["personal"],
    description: "Estimated probability to leave within 90 days; nightly, for customers of more than 30 days.",
  }),
  attribute("fraud_score", "Fraud score", "number", {
    source: "score",
    model: "fraud-v4",
    unit: "of 1.00",
    labels: ["personal", "no-export"],
  }),
];

function attribute(
  key: string,
  name: string,
  type: Attribute["type"],
  more: Partial<z.input<typeof attributeSchema>> = {},
): Attribute {
  return attributeSchema.parse({ key, name, type, ...more });
}

function purpose(key: string, name: string, lawfulBasis: Purpose["lawfulBasis"], description: string): Purpose {
  return purposeSchema.parse({ key, name, lawfulBasis, description });
}

function region(key: string, name: string, description = ""): Region {
  return regionSchema.parse({ key, name, description });
}
