const step = /(?:^|\.)(?:all|any|none)\[(\d+)\]/g;
const inDocument = "definition.rule";

/**
 * The place in the tree of what a finding's path points at, as children's numbers: "definition.rule.all[2].any[0].value"
 * is [2, 0], the rule itself is []. Undefined for what lies outside of the rule.
 */
export function placeOfPath(path: string): readonly number[] | undefined {
  if (path !== inDocument && !path.startsWith(`${inDocument}.`) && !path.startsWith(`${inDocument}[`)) return undefined;
  return [...path.slice(inDocument.length).matchAll(step)].map((match) => Number(match[1]));
}
