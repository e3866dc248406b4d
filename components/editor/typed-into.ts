import { isRuleGroup, type RuleGroupType, type RuleType } from "react-querybuilder";

/**
 * Names the value that was typed into from one query to the next, so that its letters are undone together. Null where
 * anything else happened: a row came, went or moved, something was chosen, a value joined or left a list.
 */
export function typedInto(before: RuleGroupType, after: RuleGroupType): string | null {
  if (shapeOf(before) !== shapeOf(after)) return null;
  const [rows, now] = [rowsOf(before), rowsOf(after)];
  const changed = now.filter((row, index) => JSON.stringify(row.value) !== JSON.stringify(rows[index]?.value));
  const [only, ...others] = changed;
  return only && others.length === 0 && !isListOfTexts(only.value) ? `value of ${only.id}` : null;
}

/** Everything of a query but the values of its rows. */
function shapeOf(query: RuleGroupType): string {
  return JSON.stringify(query, (key, value: unknown) => (key === "value" ? undefined : value));
}

function rowsOf(query: RuleGroupType): RuleType[] {
  return query.rules.flatMap((node) => (isRuleGroup(node) ? rowsOf(node) : [node]));
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
