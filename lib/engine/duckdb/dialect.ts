import { notFound } from "../../errors";
import { duckDbDialect } from "../../rules/duckdb";
import { firstColumn } from "../../rules/duckdb-condition";
import { quoteIdentifier, type SqlColumn, sqlParameters } from "../../rules/duckdb-layout";
import { storedColumn } from "../../rules/stored-column";
import type { CountingDialect, Split } from "../sql/counting-dialect";
import type { Layout } from "./layout";
import { nameOf } from "./profile-row";

/** Counting as many one by one is faster than grouping every number by region. */
const fewRegions = 16;

/** For one statement at one instant (milliseconds): its parameters are collected here. */
export function duckDbCounting(layout: Layout, asOf: number): CountingDialect {
  const parameters = sqlParameters();
  return {
    ...duckDbDialect(layout, asOf, parameters),
    profiles: "profiles",
    parameters,
    missing: (attribute) => `${firstColumn(storedColumn(layout.attributes, attribute))} IS NULL`,
    countIf: (expression) => `count_if(${expression})`,
    small: (expression) => `(${expression})::USMALLINT`,
    integer: (expression) => `(${expression})::BIGINT`,
    mask: (expressions) =>
      expressions.map((expression, bit) => `((${expression})::UBIGINT << ${bit})`).join(" | ") || "0::UBIGINT",
    regionName: (code) => (typeof code === "number" ? nameOf(layout.region.codes, code) : undefined),
    ...(layout.region.codes.size <= fewRegions ? { regions: regionTests(layout) } : {}),
    split(attribute) {
      const column = layout.attributes.get(attribute);
      if (!column) throw notFound("attribute", attribute);
      return splitOf(column);
    },
  };
}

function regionTests({ region: { column, codes } }: Layout) {
  return [...codes].map(([region, code]) => ({ region, test: `${quoteIdentifier(column)} = ${code}` }));
}

function splitOf(column: SqlColumn): Split {
  const expression = firstColumn(column);
  switch (column.storage) {
    case "code":
      return { by: "value", expression, text: (code) => nameOf(column.codes, Number(code)) ?? "" };
    case "text":
    case "boolean":
      return { by: "value", expression, text: String };
    case "texts":
      return { by: "element", expression: `unnest(${expression})`, text: String };
    case "bits":
      return { by: "known", values: [...column.bits.keys()] };
    case "number":
      return { by: "number", expression };
    case "instant":
      return { by: "instant", expression };
  }
}
