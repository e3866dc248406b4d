import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CustomerEvent, Engine } from "../engine/engine";
import type { Rule } from "../rules/definition";
import { testEngines } from "../testing/engines";
import { invoiceLine, retailAttributes, retailRules } from "../testing/online-retail";
import { readFiles, storeEvents } from "../testing/read-events";
import { expectOverlaps, expectSegment, expectTrap, realData } from "../testing/real-data";

const { title, isThere, dataset } = realData("online-retail", "the customers of Online Retail");
const region = "uk";
const asOf = Date.parse("2011-12-10T00:00:00Z");

const traps: readonly (readonly [string, string, Rule])[] = [
  [
    "O2",
    "cancellations (C...) counted as invoices",
    { attribute: "invoices_and_cancellations", operator: "at_least", value: 10 },
  ],
];

/** Read once for all engines. */
let events: Promise<CustomerEvent[]> | undefined;

describe.skipIf(!isThere).each(Object.entries(testEngines))(`${title}, in %s`, { timeout: 60_000 }, (_, open) => {
  let engine: Engine;
  const questions = () => ({ engine, rules: retailRules, region, asOf });
  beforeAll(async () => {
    engine = await open();
    events ??= readLines();
    await storeEvents(engine, await events, retailAttributes, { region, asOf });
  }, 240_000);
  afterAll(() => engine.close());

  test.each(dataset.segments)("$id: $description", (segment) => expectSegment(questions(), dataset, segment));
  test("any two of them share the customers they should", () => expectOverlaps(questions(), dataset));
  test.each(traps)("%s: %s is another count", (...trap) => expectTrap(questions(), dataset, trap));
});

/** Lines without a customer are nobody's. Equal lines are several events, so the line's number is the event's id. */
async function readLines(): Promise<CustomerEvent[]> {
  const rows = await readFiles(`
    SELECT row_number() OVER () AS line, CustomerID AS customer, InvoiceNo AS invoice, StockCode AS stock_code,
      Country AS country, (Quantity::DECIMAL(18,3) * UnitPrice::DECIMAL(18,3))::DOUBLE AS amount,
      epoch_ms(strptime(InvoiceDate, '%m/%d/%Y %H:%M'))::DOUBLE AS at
    FROM read_csv('${dataset.file}', header = true, all_varchar = true, delim = ',', quote = '"')`);
  expect(rows.length).toBe(dataset.rows);
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
