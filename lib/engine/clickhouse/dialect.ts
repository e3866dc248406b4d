import { notFound } from "../../errors";
import { clickHouseDialect } from "../../rules/clickhouse";
import { isMissing } from "../../rules/clickhouse-condition";
import {
  type ClickHouseColumn,
  type ClickHouseLayout,
  clickHouseParameters,
  quoteName,
} from "../../rules/clickhouse-layout";
import { storedColumn } from "../../rules/stored-column";
import type { CountingDialect, Split } from "../sql/counting-dialect";

/** `FINAL` leaves the newest version of each profile, merged or not. */
export const profilesNow = "profiles FINAL";

/** For one statement at one instant (milliseconds): its parameters are collected here. */
export function clickHouseCounting(layout: ClickHouseLayout, asOf: number): CountingDialect {
  const parameters = clickHouseParameters();
  return {
    ...clickHouseDialect(layout, asOf, parameters),
    profiles: profilesNow,
    parameters,
    missing: (attribute) => isMissing(storedColumn(layout.attributes, attribute)),
    countIf: (expression) => `countIf(${expression})`,
    small: (expression) => `toUInt16(${expression})`,
    integer: (expression) => `toInt128(${expression})`,
    mask: (expressions) =>
      expressions.map((expression, bit) => `bitShiftLeft(toUInt64(${expression}), ${bit})`).join(" + ") ||
      "toUInt64(0)",
    regionName: (region) => (typeof region === "string" ? region : undefined),
    split(attribute) {
      const column = layout.attributes.get(attribute);
      if (!column) throw notFound("attribute", attribute);
      return splitOf(column);
    },
  };
}

function splitOf(column: ClickHouseColumn): Split {
  const expression = quoteName(column.column);
  switch (column.type) {
    case "string":
    case "boolean":
      return { by: "value", expression, text: String };
    case "string_set":
      return { by: "element", expression: `arrayJoin(${expression})`, text: String };
    case "number":
      return { by: "number", expression };
    case "timestamp":
      return { by: "instant", expression };
  }
}
