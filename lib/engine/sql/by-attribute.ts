import type { GuardedRule } from "../../guards/guarded-rule";
import type { ByAttribute } from "../answers";
import { askNumbers } from "./ask-numbers";
import { askEnd, byRange } from "./by-range";
import { knownValues, membersOf, mostFrequent, valuesStatement, withRestOfSets } from "./by-value";
import { type Asking, ask } from "./question";

/**
 * The rule's members by an attribute: the 20 most frequent values, or up to 10 ranges, from the `ends`-th least to the
 * `ends`-th greatest value; none where these would cross.
 */
export async function askByAttribute(
  asking: Asking,
  rule: GuardedRule,
  attribute: string,
  ends = 1,
): Promise<ByAttribute> {
  const numbers = askNumbers(asking, rule);
  const split = asking.dialect().split(attribute);
  switch (split.by) {
    case "number":
    case "instant":
      return {
        attribute,
        ...(await byRange(attribute, split, {
          numbers,
          ends,
          end: (order) => askEnd(asking, rule, split, { order, rank: ends }),
        })),
      };
    case "value": {
      const { groups, missing, rows } = await ask(asking, (dialect) => valuesStatement(rule, split, dialect));
      const frequent = mostFrequent(groups);
      return { attribute, groups: frequent, other: rows - missing - membersOf(frequent), missing };
    }
    case "element": {
      const { groups } = await ask(asking, (dialect) => valuesStatement(rule, split, dialect));
      return { attribute, ...(await withRestOfSets(attribute, groups, numbers)) };
    }
    case "known": {
      const groups = await knownValues(attribute, split.values, numbers);
      return { attribute, ...(await withRestOfSets(attribute, groups, numbers)) };
    }
  }
}
