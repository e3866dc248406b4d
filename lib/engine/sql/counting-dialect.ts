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
  /** A whole number, of 64 bits at least, from an expression that is one of at most 9.2e18. Sums of it never overflow. */
  integer(expression: string): string;
  /** An unsigned integer of 64 bits, in which bit n says whether the n-th boolean expression, never NULL, is true. */
  mask(expressions: readonly string[]): string;
  /** The region of a row as the name of the region, from the value that the column `region` holds. */
  regionName(value: unknown): string | undefined;
  /** Where there are few: each with a test of a row, so that none has to be grouped by region. */
  readonly regions?: readonly { readonly region: string; readonly test: string }[];
  /** How customers are told apart by an attribute; throws not-found for one that is not stored. */
  split(attribute: string): Split;
};

/** `expression` is NULL where the attribute is missing, but of an `element`, of which there is a row for each in a set. */
export type Split = ByValue<"value"> | ByValue<"element"> | ByRange<"number"> | ByRange<"instant"> | ByKnownElement;

export type SplitBy<B extends Split["by"]> = Extract<Split, { by: B }>;

type ByValue<B extends string> = { readonly by: B; readonly expression: string; text(value: unknown): string };
/** Instants are milliseconds. */
type ByRange<B extends string> = { readonly by: B; readonly expression: string };
/** A set that has no other values than these. */
type ByKnownElement = { readonly by: "known"; readonly values: readonly string[] };
