import type { Finding } from "../findings";
import { bounds, groupKinds, type RulePath } from "./definition";
import { blocking } from "./rule-finding";

const mostFindings = 20;
const longestKey = 63;
/** No more nodes can stand in a rule that keeps the bounds, unless groups are empty or hold what is no rule. */
const mostNodes = bounds.conditions * (bounds.depth + 1);
const partsOfCondition = ["attribute", "segment", "list", "operator"];

type Place = { readonly node: object; readonly path: RulePath; readonly depth: number };

/**
 * Refuses what is too deep, too wide or too long before anything else reads the input. Walks without recursion, never
 * looks into what it has refused, and stops at the bounds, so its cost does not grow with the input.
 */
export function checkBounds(input: unknown): Finding[] {
  const findings: Finding[] = [];
  const waiting: Place[] = isObject(input) ? [{ node: input, path: [], depth: 0 }] : [];
  let conditions = 0;
  let nodes = 0;
  for (let place = waiting.pop(); place !== undefined && findings.length < mostFindings; place = waiting.pop()) {
    nodes += 1;
    if (nodes > mostNodes) return [...findings, tooManyConditions(place.path)];
    const groups = groupKinds.filter((kind) => place !== undefined && Object.hasOwn(place.node, kind));
    if (groups.length === 0) {
      conditions += 1;
      if (conditions > bounds.conditions) {
        findings.push(tooManyConditions(place.path));
        break;
      }
      findings.push(...checkLeaf(place));
      continue;
    }
    if (place.depth >= bounds.depth) {
      findings.push(tooDeep(place.path));
      continue;
    }
    for (const kind of groups) {
      const children: unknown = Reflect.get(place.node, kind);
      if (!Array.isArray(children)) continue;
      if (children.length > bounds.childrenPerGroup) findings.push(tooWide([...place.path, kind], children.length));
      else waiting.push(...placesOf(children, [...place.path, kind], place.depth + 1));
    }
  }
  return findings;
}

/** In reverse, because the walk takes the last first: findings then come in the order of the document. */
function placesOf(children: readonly unknown[], path: RulePath, depth: number): Place[] {
  return children.flatMap((node, index) => (isObject(node) ? [{ node, path: [...path, index], depth }] : [])).reverse();
}

function checkLeaf({ node, path }: Place): Finding[] {
  const findings: Finding[] = [];
  for (const part of partsOfCondition) {
    const text: unknown = Object.hasOwn(node, part) ? Reflect.get(node, part) : undefined;
    if (typeof text === "string" && text.length > longestKey)
      findings.push(tooLong([...path, part], text.length, longestKey));
  }
  const value: unknown = Object.hasOwn(node, "value") ? Reflect.get(node, "value") : undefined;
  if (typeof value === "string" && value.length > bounds.textLength)
    findings.push(tooLong([...path, "value"], value.length, bounds.textLength));
  if (Array.isArray(value)) findings.push(...checkList(value, [...path, "value"]));
  return findings;
}

function checkList(values: readonly unknown[], path: RulePath): Finding[] {
  if (values.length > bounds.values) {
    const message = `A condition compares with ${values.length.toLocaleString("en")} values.`;
    const resolution = `Give at most ${bounds.values.toLocaleString("en")} values; more belong in a managed list.`;
    return [blocking("too-many-values", path, message, resolution)];
  }
  const index = values.findIndex((value) => typeof value === "string" && value.length > bounds.textLength);
  const longest = values[index];
  return typeof longest === "string" ? [tooLong([...path, index], longest.length, bounds.textLength)] : [];
}

function tooDeep(path: RulePath): Finding {
  const message = `Groups are nested more than ${bounds.depth} deep.`;
  return blocking("too-deep", path, message, `Nest at most ${bounds.depth} groups in one another.`);
}

function tooWide(path: RulePath, children: number): Finding {
  const message = `A group has ${children.toLocaleString("en")} children.`;
  const resolution = `Give a group at most ${bounds.childrenPerGroup} children.`;
  return blocking("too-many-children", path, message, resolution);
}

function tooManyConditions(path: RulePath): Finding {
  const message = `The rule has more than ${bounds.conditions} conditions.`;
  const resolution = `Use at most ${bounds.conditions} conditions, or split the rule into several segments.`;
  return blocking("too-many-conditions", path, message, resolution);
}

function tooLong(path: RulePath, length: number, longest: number): Finding {
  const message = `A text has ${length.toLocaleString("en")} characters.`;
  return blocking("too-long", path, message, `Use at most ${longest.toLocaleString("en")} characters.`);
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
