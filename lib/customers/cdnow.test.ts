import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CustomerEvent } from "../engine/customer-records";
import type { Engine } from "../engine/engine";
import type { Rule } from "../rules/definition";
import { purchase, purchaseAttributes, purchaseRules } from "../testing/cdnow";
import { testEngines } from "../testing/engines";
import { readFiles, storeEvents } from "../testing/read-events";
import { expectOverlaps, expectSegment, expectTrap, realData } from "../testing/real-data";

const { title, isThere, dataset } = realData("cdnow", "the customers of CDNOW");
const region = "us";
const asOf = Date.parse("1998-07-01T00:00:00Z");

const traps: readonly (readonly [string, string, Rule])[] = [
  [
    "D5",
    "off by one (> 1998-04-02)",
    { attribute: "last_purchase", operator: "after", value: "1998-04-02T00:00:00.000Z" },
  ],
];

/** Read once for all engines. */
let events: Promise<CustomerEvent[]> | undefined;

describe.skipIf(!isThere).each(Object.entries(testEngines))(`${title}, in %s`, { timeout: 60_000 }, (_, open) => {
  let engine: Engine;
  const questions = () => ({ engine, rules: purchaseRules, region, asOf });
  beforeAll(async () => {
    engine = await open();
    events ??= readPurchases();
    await storeEvents(engine, await events, purchaseAttributes, { region, asOf });
  }, 240_000);
  afterAll(() => engine.close());

  test.each(dataset.segments)("$id: $description", (segment) => expectSegment(questions(), dataset, segment));
  test("any two of them share the customers they should", () => expectOverlaps(questions(), dataset));
  test.each(traps)("%s: %s is another count", (...trap) => expectTrap(questions(), dataset, trap));
});

/** Columns are aligned by spaces. Equal lines are several purchases, so the line's number is the event's id. */
async function readPurchases(): Promise<CustomerEvent[]> {
  const rows = await readFiles(`
    SELECT row_number() OVER () AS line, cells[1] AS customer, cells[3]::DOUBLE AS cds, cells[4]::DOUBLE AS amount,
      epoch_ms(strptime(cells[2], '%Y%m%d'))::DOUBLE AS at
    FROM (SELECT regexp_split_to_array(trim(line, ' ' || chr(13)), ' +') AS cells
      FROM read_csv('${dataset.file}', header = false, skip = 1, columns = {'line': 'VARCHAR'}, delim = '\u001e',
        quote = '', escape = '', auto_detect = false))`);
  expect(rows.length).toBe(dataset.rows);
  return rows.map(({ line, customer, at, cds, amount }) => ({
    ...{ id: String(line), customerId: String(customer), type: purchase.key, at: Number(at) },
    properties: { cds: Number(cds), amount: Number(amount) },
  }));
}
