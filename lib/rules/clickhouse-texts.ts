import type { SqlParameters } from "./sql-statement";

/** ClickHouse takes no field of a form that is longer than 131,072 bytes. */
const mostBytes = 120_000;

/** Whether the expression is one of the texts: false or NULL for a missing value. */
export function textIn(expression: string, texts: readonly string[], parameters: SqlParameters): string {
  const tests = fields(texts).map((value) => `${expression} IN ${parameters.add({ type: "texts", value })}`);
  return tests.length === 0 ? "FALSE" : `(${tests.join(" OR ")})`;
}

export function setHoldsAny(set: string, texts: readonly string[], parameters: SqlParameters): string {
  const tests = fields(texts).map((value) => `hasAny(${set}, ${parameters.add({ type: "texts", value })})`);
  return tests.length === 0 ? "FALSE" : `(${tests.join(" OR ")})`;
}

export function setHoldsAll(set: string, texts: readonly string[], parameters: SqlParameters): string {
  if (texts.some((text) => !text.isWellFormed())) return "FALSE";
  const tests = fields(texts).map((value) => `hasAll(${set}, ${parameters.add({ type: "texts", value })})`);
  return tests.join(" AND ") || "TRUE";
}

/** The different texts that can be stored at all, in lists that fit into a field each. */
function fields(texts: readonly string[]): string[][] {
  const lists: string[][] = [];
  let room = 0;
  for (const text of new Set(texts)) {
    // Half a surrogate pair is no code point, so no stored text contains one.
    if (!text.isWellFormed()) continue;
    // In UTF-8 and with backslashes a UTF-16 unit takes three bytes at most; quotes and a comma stand around.
    const bytes = 3 * text.length + 3;
    if (room < bytes) {
      lists.push([]);
      room = mostBytes;
    }
    lists.at(-1)?.push(text);
    room -= bytes;
  }
  return lists;
}
