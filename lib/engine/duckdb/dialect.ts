import { unreadable } from "../../rules/condition-value";
import { duckDbDialect } from "../../rules/duckdb";
import { firstColumn } from "../../rules/duckdb-condition";
import { sqlParameters } from "../../rules/duckdb-layout";
import type { CountingDialect } from "../sql/counting-dialect";
import type { Layout } from "./layout";
import { nameOf } from "./profile-row";

/** For one statement at one instant (milliseconds): its parameters are collected here. */
export function duckDbCounting(layout: Layout, asOf: number): CountingDialect {
  const parameters = sqlParameters();
  return {
    ...duckDbDialect(layout, asOf, parameters),
    profiles: "profiles",
    parameters,
    missing(attribute) {
      const column = layout.attributes.get(attribute);
      if (!column) throw unreadable(`The rule names attribute "${attribute}", which is not stored.`);
      return `${firstColumn(column)} IS NULL`;
    },
    countIf: (expression) => `count_if(${expression})`,
    small: (expression) => `(${expression})::USMALLINT`,
    regionName: (code) => (typeof code === "number" ? nameOf(layout.region.codes, code) : undefined),
  };
}
