import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { computationSchema, type EventType } from "../catalogue/definition";
import type { Engine } from "../engine/engine";
import { testEngines } from "../testing/engines";
import { computedAttribute } from "../testing/event-arbitraries";
import { eventMappingSchema } from "./event-mapping";
import { importEvents } from "./server/import-events";

const order: EventType = {
  ...{ key: "order", name: "Order", description: "" },
  properties: [
    { key: "amount", name: "Amount", type: "number" },
    { key: "country", name: "Country", type: "string" },
    { key: "gift", name: "Gift", type: "boolean" },
    { key: "due_at", name: "Due", type: "timestamp" },
  ],
};
const mapping = eventMappingSchema.parse({
  ...{ target: "events", event: "order", id: "no", customer: "who" },
  at: { column: "when", format: "%d.%m.%Y %H:%M" },
  properties: {
    amount: { key: "amount" },
    land: { key: "country" },
    gift: { key: "gift" },
    due: { key: "due_at" },
  },
});
const last = (property: string) =>
  computedAttribute(
    `last_${property}`,
    order,
    computationSchema.parse({ event: "order", aggregate: "last", property }),
  );
const attributes = [
  computedAttribute("orders", order, computationSchema.parse({ event: "order", aggregate: "count" })),
  ...["at", "amount", "country", "gift", "due_at"].map(last),
];

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-events-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function importText(text: string, fileName = "orders.csv", given = mapping) {
  const file = join(folder, "upload");
  await writeFile(file, text);
  const rejectsFile = join(folder, "rejects.csv");
  return importEvents({ engine, eventType: order, file, fileName, rejectsFile, mapping: given });
}

async function computedOf(customer: string) {
  await engine.refresh(attributes, Date.parse("2026-06-01T00:00:00Z"));
  return (await engine.get(customer))?.attributes;
}

describe.each(Object.entries(testEngines))("a file of events in %s", { timeout: 30_000 }, (_, open) => {
  beforeEach(async () => {
    engine = await open();
    await engine.addEventTypes([order]);
    await engine.addAttributes(attributes.map(({ attribute }) => attribute));
    await engine.upsert(["007", "8"].map((id) => ({ id, consents: [], objections: [], attributes: {} })));
    return () => engine.close();
  });

  test("is read by the types of the properties; blank cells are missing", async () => {
    const csv =
      "no,who,when,amount,land,gift,due\n1,007,31.12.2025 23:59,1e2, Zoe\u0308 ,yes,2026-01-02\n2,8,01.01.2026 00:00,,,,\n";
    expect(await importText(csv)).toMatchObject({ rows: 2, accepted: 2, updated: 0, rejected: 0 });
    expect(await computedOf("007")).toEqual({
      ...{ orders: 1, last_at: Date.parse("2025-12-31T23:59:00Z"), last_amount: 100, last_country: "Zoë" },
      ...{ last_gift: true, last_due_at: Date.parse("2026-01-02T00:00:00Z") },
    });
    expect(await computedOf("8")).toEqual({ orders: 1, last_at: Date.parse("2026-01-01T00:00:00Z") });
  });

  test("finds customers whose ids are not in NFC, as an import of customers stores them as they come", async () => {
    const id = "Zoe\u0308";
    await engine.upsert([{ id, consents: [], objections: [], attributes: {} }]);
    await importText(`no,who,when,amount,land,gift,due\n1, ${id} ,01.01.2026 00:00,,,,\n`);
    expect(await computedOf(id)).toMatchObject({ orders: 1 });
  });

  test("may come as NDJSON", async () => {
    const line = { no: 5, who: "007", when: "01.02.2026 10:00", amount: 0.1, land: "DE", gift: false, due: null };
    expect(await importText(JSON.stringify(line), "orders.ndjson")).toMatchObject({ format: "ndjson", accepted: 1 });
    expect(await computedOf("007")).toMatchObject({ last_amount: 0.1, last_country: "DE", last_gift: false });
  });

  test("changes nothing by events that are known; of one id in a file the first stays", async () => {
    const csv = "no,who,when,amount,land,gift,due\n1,007,01.02.2026 10:00,1,,,\n1,007,01.03.2026 10:00,2,,,\n";
    expect(await importText(csv)).toMatchObject({ rows: 2, accepted: 2, updated: 1 });
    expect(await importText(csv)).toMatchObject({ rows: 2, accepted: 2, updated: 2 });
    expect(await computedOf("007")).toMatchObject({ orders: 1, last_amount: 1 });
  });

  test("says of each bad row why", async () => {
    const rows = [
      ",007,01.02.2026 10:00,1,,,",
      "2,,01.02.2026 10:00,1,,,",
      "3,007,,1,,,",
      "4,007,2026-02-01,1,,,",
      "5,007,01.02.2026 10:00,much,,,",
      "6,007,01.02.2026 10:00,2e15,,,",
      "7,007,01.02.2026 10:00,1,,perhaps,",
      "8,007,01.02.2026 10:00,1,,,",
      "9,\t,01.02.2026 10:00,1,,,",
      "10,007,01.02.2026 10:00,1,,,290000-01-01",
    ];
    const result = await importText(`no,who,when,amount,land,gift,due\n${rows.join("\n")}\n`);
    expect(result).toMatchObject({ rows: 10, accepted: 1, rejected: 9 });
    expect(result.firstRejects.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, "no", "no-id"],
      [3, "who", "no-value"],
      [4, "when", "no-value"],
      [5, "when", "not-a-timestamp"],
      [6, "amount", "not-a-number"],
      [7, "amount", "not-a-number"],
      [8, "gift", "not-a-boolean"],
      [10, "who", "no-value"],
      [11, "due", "not-a-timestamp"],
    ]);
    expect((await readFile(join(folder, "rejects.csv"), "utf8")).split("\n")).toHaveLength(11);
    expect(await computedOf("007")).toMatchObject({ orders: 1 });
  });

  test("is refused whole for a mapping that the event type does not serve", async () => {
    const properties = { amount: { key: "colour" } };
    await expect(importText("no\n1\n", "a.csv", { ...mapping, properties })).rejects.toMatchObject({
      reason: "unknown-property",
    });
    const twice = { ...mapping, customer: "when" };
    await expect(importText("no\n1\n", "a.csv", twice)).rejects.toMatchObject({ reason: "column-mapped-twice" });
    await expect(importText("no\n1\n")).rejects.toMatchObject({ reason: "missing-column" });
  });
});
