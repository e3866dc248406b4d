import { afterAll, beforeAll, describe, test } from "vitest";
import type { CustomerEvent } from "../engine/customer-records";
import type { Engine } from "../engine/engine";
import type { Rule } from "../rules/definition";
import { testEngines } from "../testing/engines";
import { readInvoiceLines, retailAttributes, retailRules } from "../testing/online-retail";
import { storeEvents } from "../testing/read-events";
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
    events ??= readInvoiceLines(dataset);
    await storeEvents(engine, await events, retailAttributes, { region, asOf });
  }, 240_000);
  afterAll(() => engine.close());

  test.each(dataset.segments)("$id: $description", (segment) => expectSegment(questions(), dataset, segment));
  test("any two of them share the customers they should", () => expectOverlaps(questions(), dataset));
  test.each(traps)("%s: %s is another count", (...trap) => expectTrap(questions(), dataset, trap));
});
