import type { SqlStatement } from "../../rules/sql-statement";
import type { CountingDialect } from "./counting-dialect";

/** Integers may come as number, bigint or text, whatever the engine's client makes of them. */
export type SqlRow = readonly unknown[];

/** A statement, and what its rows say. */
export type Question<T> = SqlStatement & { read(rows: readonly SqlRow[]): T };

/** How statements reach an engine. A dialect collects the parameters of one statement, so each has its own. */
export type Asking = {
  dialect(): CountingDialect;
  rows(statement: SqlStatement): Promise<readonly SqlRow[]>;
};

export async function ask<T>(asking: Asking, question: (dialect: CountingDialect) => Question<T>): Promise<T> {
  const asked = question(asking.dialect());
  return asked.read(await asking.rows(asked));
}
