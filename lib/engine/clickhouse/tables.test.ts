import { expect, test } from "vitest";
import { eventTable } from "./event-layout";
import { addColumns, createTable, profilesTable } from "./tables";

const spread = { cluster: "ma'in", database: "steward" };

test("on one server a table is one", () => {
  expect(createTable(eventTable("order"))).toEqual([
    "CREATE TABLE IF NOT EXISTS `events:order` (event String, customer String, at Int64, INDEX events event TYPE bloom_filter GRANULARITY 1) ENGINE = ReplacingMergeTree ORDER BY (customer, at, event)",
  ]);
});

test("on a cluster each server keeps its part in a replicated table, and another stands for all, spread by customer", () => {
  const [kept, all] = createTable(eventTable("order"), spread);
  expect(kept).toMatch(
    /^CREATE TABLE IF NOT EXISTS `events:order:local` ON CLUSTER `ma'in` \(.*INDEX.*\) ENGINE = ReplicatedReplacingMergeTree ORDER BY/,
  );
  expect(all).toBe(
    "CREATE TABLE IF NOT EXISTS `events:order` ON CLUSTER `ma'in` (event String, customer String, at Int64) ENGINE = Distributed('ma\\'in', 'steward', 'events:order:local', cityHash64(customer))",
  );
  expect(createTable(profilesTable, spread)[1]).toMatch(/cityHash64\(id\)\)$/);
});

test("a column is added where the rows are before it is asked for", () => {
  expect(addColumns("profiles", ["`plan:string` String"], spread)).toEqual([
    "ALTER TABLE `profiles:local` ON CLUSTER `ma'in` ADD COLUMN IF NOT EXISTS `plan:string` String",
    "ALTER TABLE `profiles` ON CLUSTER `ma'in` ADD COLUMN IF NOT EXISTS `plan:string` String",
  ]);
});
