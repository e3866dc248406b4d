import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attributeSchema } from "../catalogue/definition";
import type { SqlStatement } from "../rules/sql-statement";
import { type ClickHouseListener, startClickHouse } from "../testing/clickhouse-listener";
import { guarded } from "../testing/guarded";
import { type ClickHouse, connectClickHouse } from "./server/clickhouse-client";
import { openClickHouseEngine } from "./server/clickhouse-engine";

const endless = plain("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1");
const plan = attributeSchema.parse({ key: "plan", name: "Plan", type: "string" });
const spend = attributeSchema.parse({ key: "spend", name: "Spend", type: "number" });

const seats = attributeSchema.parse({ key: "seats", name: "Seats", type: "number" });

let listener: ClickHouseListener;
let server: ClickHouse;

beforeAll(async () => {
  listener = await startClickHouse();
  server = connectClickHouse(listener.url);
});
afterAll(async () => {
  await server.close();
  await listener.close();
  expect(existsSync(listener.folder)).toBe(false);
});

describe("a statement", () => {
  const texts = ["", "\0", "\r\n\t", "'\\\"`", "--\n;", "\ufeffx", "{p1:String}", "👩‍👩‍👧", "é".repeat(3_000)];

  test("gets every text as it is, in the address or in a form, and gives it back", async () => {
    for (const text of texts) {
      const asked = { sql: "SELECT {p1:String}, {p2:Array(String)}", parameters: both(text) };
      expect(await server.rows(asked)).toEqual([[text, [text, ""]]]);
    }
    const long = { sql: "SELECT {p1:Array(String)}", parameters: [{ type: "texts", value: texts }] } as const;
    expect(await server.rows(long)).toEqual([[texts]]);
  });

  test("gets every number as it is", async () => {
    const numbers = [0.1 + 0.2, 5e-324, Number.MAX_VALUE, -1e21, 2 ** 53 + 2, 3.5844466002796428e298];
    for (const value of numbers)
      expect(await server.rows({ sql: "SELECT {p1:Float64}", parameters: [{ type: "number", value }] })).toEqual([
        [value],
      ]);
    const value = -(2n ** 63n);
    expect(await server.rows({ sql: "SELECT {p1:Int64}", parameters: [{ type: "instant", value }] })).toEqual([
      [String(value)],
    ]);
  });

  test("that fails says what the server says", async () => {
    await expect(server.rows(plain("SELECT unheard_of"))).rejects.toThrow(/unheard_of/);
  });

  test("that takes too long is stopped by the server, with the reason that DuckDB gives", async () => {
    await expect(server.rows(endless, { limitMs: 200 })).rejects.toMatchObject({
      ...{ code: "blocked", reason: "query-timeout" },
    });
    await untilNothingRuns();
  });

  test("that nobody waits for any more is stopped in the server too", async () => {
    const controller = new AbortController();
    const asking = server.rows(endless, { signal: controller.signal });
    await untilSomethingRuns();
    controller.abort(new Error("superseded"));
    await expect(asking).rejects.toThrow("superseded");
    await untilNothingRuns();
  });
});

describe("an engine", () => {
  test("makes its database and finds everything when it is opened again", async () => {
    const url = `${listener.url}/reopened`;
    const first = await openClickHouseEngine({ url });
    await first.addAttributes([plan]);
    await first.upsert([customer("1", { plan: "free" })]);
    await first.close();
    const second = await openClickHouseEngine({ url });
    expect(await second.get("1")).toEqual(customer("1", { plan: "free" }));
    expect([...(await second.storedAttributes())]).toEqual([["plan", "string"]]);
    expect(await second.changedAt()).toBeGreaterThan(0);
    await second.close();
  });

  test("counts and stores by attributes that another process has added", async () => {
    const url = `${listener.url}/shared`;
    const [one, other] = [await openClickHouseEngine({ url }), await openClickHouseEngine({ url })];
    await one.addAttributes([plan, spend]);
    await one.upsert([customer("1", { spend: 7 }), customer("2", {})]);
    const rule = guarded({ attribute: "spend", operator: "at_least", value: 7 }, "eu");
    expect(await other.count(rule, 0)).toBe(1);
    expect(await other.statistics("spend")).toMatchObject({ customers: 2, missing: 1, least: 7 });
    await one.addAttributes([seats]);
    expect(await other.upsert([customer("3", { seats: 4 })])).toEqual({ inserted: 1, updated: 0 });
    await one.close();
    await other.close();
  });

  test("that cannot reach its server says so at the start", async () => {
    const opening = openClickHouseEngine({ url: "http://user:secret@127.0.0.1:9/customers" });
    await expect(opening).rejects.toMatchObject({
      ...{ failure: "databaseUnreachable", message: /^ClickHouse at 127\.0\.0\.1:9 cannot be used: (?!.*secret)/ },
    });
  });
});

function plain(sql: string): SqlStatement {
  return { sql, parameters: [] };
}

function both(text: string): SqlStatement["parameters"] {
  return [
    { type: "text", value: text },
    { type: "texts", value: [text, ""] },
  ];
}

function customer(id: string, attributes: Record<string, string | number>) {
  return { id, region: "eu", consents: [], objections: [], attributes };
}

/** The server is asked again and again, so that no time is guessed. */
async function untilNothingRuns(): Promise<void> {
  while ((await running()) > 0);
}

async function untilSomethingRuns(): Promise<void> {
  while ((await running()) === 0);
}

async function running(): Promise<number> {
  const [[count] = []] = await server.rows(
    plain("SELECT count() FROM system.processes WHERE query LIKE 'SELECT count() FROM numbers%'"),
  );
  return Number(count);
}
