import type { Computation, EventType } from "../catalogue/definition";
import type { CustomerEvent } from "../engine/customer-records";
import type { ComputedAttribute } from "../engine/engine";
import type { Rule } from "../rules/definition";
import { computedAttribute } from "./event-arbitraries";
import { readFiles } from "./read-events";
import type { Dataset } from "./real-data";

/** A line of an invoice; what follows from a line alone, as its amount, is told by whoever reads the lines. */
export const invoiceLine: EventType = {
  ...{ key: "invoice_line", name: "Invoice line", description: "" },
  properties: [
    { key: "invoice", name: "Invoice", type: "string" },
    { key: "stock_code", name: "Stock code", type: "string" },
    { key: "amount", name: "Amount", type: "number" },
    { key: "country", name: "Country", type: "string" },
    { key: "cancelled", name: "Cancelled", type: "boolean" },
  ],
};

type Filter = Computation["filter"];
const bought: Filter = [{ property: "cancelled", operator: "equals", value: false }];
const item = (code: string): Filter => [...bought, { property: "stock_code", operator: "equals", value: code }];
const from = (country: string): Filter => [{ property: "country", operator: "equals", value: country }];

const computations: Readonly<Record<string, Partial<Computation>>> = {
  lines_in_germany: { aggregate: "count", filter: from("Germany") },
  lines_in_britain: { aggregate: "count", filter: from("United Kingdom") },
  invoices: { aggregate: "distinct", property: "invoice", filter: bought },
  invoices_and_cancellations: { aggregate: "distinct", property: "invoice" },
  net_spend: { aggregate: "sum", property: "amount" },
  last_purchase: { aggregate: "max", property: "at", filter: bought },
  cancellations: { aggregate: "count", filter: [{ property: "cancelled", operator: "equals", value: true }] },
  favourites: {
    ...{ aggregate: "count", window: { n: 90, unit: "days" } },
    filter: [...bought, { property: "stock_code", operator: "in", value: ["85123A", "22423"] }],
  },
  countries: { aggregate: "distinct", property: "country" },
  cake_stands: { aggregate: "count", filter: item("22423") },
  heart_holders: { aggregate: "count", filter: item("85123A") },
};

export const retailAttributes: readonly ComputedAttribute[] = Object.entries(computations).map(([key, given]) =>
  computedAttribute(key, invoiceLine, { event: invoiceLine.key, aggregate: "count", filter: [], ...given }),
);

const atLeastOnce = (attribute: string): Rule => ({ attribute, operator: "at_least", value: 1 });
const never = (attribute: string): Rule => ({ attribute, operator: "equals", value: 0 });

export const retailRules: Readonly<Record<string, Rule>> = {
  O1: atLeastOnce("lines_in_germany"),
  O2: { attribute: "invoices", operator: "at_least", value: 10 },
  O3: { attribute: "net_spend", operator: "at_least", value: 1_000 },
  O4: { attribute: "last_purchase", operator: "within_last", value: { n: 30, unit: "days" } },
  O5: { attribute: "last_purchase", operator: "not_within_last", value: { n: 180, unit: "days" } },
  O6: atLeastOnce("cancellations"),
  O7: { all: [never("lines_in_britain"), { attribute: "invoices", operator: "at_least", value: 3 }] },
  O8: atLeastOnce("favourites"),
  O9: { attribute: "countries", operator: "greater_than", value: 1 },
  O10: { attribute: "net_spend", operator: "at_most", value: 0 },
  O11: { all: [atLeastOnce("cake_stands"), never("heart_holders")] },
};

/** Lines without a customer are nobody's. Equal lines are several events, so the line's number is the event's id. */
export async function readInvoiceLines(dataset: Pick<Dataset, "file" | "rows">): Promise<CustomerEvent[]> {
  const rows = await readFiles(`
    SELECT row_number() OVER () AS line, CustomerID AS customer, InvoiceNo AS invoice, StockCode AS stock_code,
      Country AS country, (Quantity::DECIMAL(18,3) * UnitPrice::DECIMAL(18,3))::DOUBLE AS amount,
      epoch_ms(strptime(InvoiceDate, '%m/%d/%Y %H:%M'))::DOUBLE AS at
    FROM read_csv('${dataset.file}', header = true, all_varchar = true, delim = ',', quote = '"')`);
  if (rows.length !== dataset.rows) throw new Error(`${dataset.file} has ${rows.length} lines, not ${dataset.rows}.`);
  return rows
    .filter(({ customer }) => customer !== null && customer !== "")
    .map(({ line, customer, at, invoice, stock_code, amount, country }) => ({
      ...{ id: String(line), customerId: String(customer), type: invoiceLine.key, at: Number(at) },
      properties: {
        ...{ invoice: String(invoice), stock_code: String(stock_code), country: String(country) },
        ...{ amount: Number(amount), cancelled: String(invoice).startsWith("C") },
      },
    }));
}
