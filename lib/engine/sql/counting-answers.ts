import type { Engine, QueryOptions } from "../engine";
import { askByAttribute } from "./by-attribute";
import { countStatement, countsStatement } from "./counts-statement";
import { askImpact } from "./impact-statement";
import { overlapStatement } from "./overlap-statement";
import { type Asking, ask } from "./question";
import { sumsStatement } from "./sums";

/** How questions reach an engine, in turn and in time; `asOf` in milliseconds. */
export type AskedAt = <T>(
  asOf: number,
  options: QueryOptions | undefined,
  work: (asking: Asking) => Promise<T>,
) => Promise<T>;

/** What every engine counts by the same statements. */
export function countingAnswers(asked: AskedAt): Pick<Engine, "count" | "counts" | "impact" | "sums" | "overlap"> {
  return {
    count: (rule, asOf, options) =>
      asked(asOf, options, (asking) => ask(asking, (dialect) => countStatement(rule, dialect))),
    counts: (rule, asOf, options) =>
      asked(asOf, options, async (asking) => {
        const counts = await ask(asking, (dialect) => countsStatement(rule, dialect));
        if (options?.by === undefined) return counts;
        return { ...counts, byAttribute: await askByAttribute(asking, rule, options.by, options.ends) };
      }),
    impact: (before, after, asOf, options) =>
      asked(asOf, options, (asking) =>
        askImpact(
          asking,
          { before, after, scores: options?.scores ?? new Set(), sums: options?.sums ?? [] },
          options?.samples,
        ),
      ),
    sums: async (rule, attributes, asOf, options) => {
      if (attributes.length === 0) return {};
      return asked(asOf, options, (asking) => ask(asking, (dialect) => sumsStatement(rule, attributes, dialect)));
    },
    overlap: (rules, asOf, options) =>
      asked(asOf, options, (asking) => ask(asking, (dialect) => overlapStatement(rules, options?.within, dialect))),
  };
}
