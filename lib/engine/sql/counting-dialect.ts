import type { SqlParameters } from "../../rules/sql-statement";
import type { SqlDialect } from "../../rules/sql-tree";

/** What a dialect says beyond single trees, so that both engines are asked by the same statements. */
export type CountingDialect = SqlDialect & {
  /** What stands behind FROM: one row a customer, with the columns `id` and `region` among others. */
  readonly profiles: string;
  readonly parameters: SqlParameters;
  /** True for customers who lack the attribute. */
  missing(attribute: string): string;
  /** An aggregate: how many rows the boolean expression, never NULL, is true for. */
  countIf(expression: string): string;
  /** An integer expression, stored in two bytes. */
  small(expression: string): string;
  /** The region of a row as the name of the region, from the value that the column `region` holds. */
  regionName(value: unknown): string | undefined;
};
