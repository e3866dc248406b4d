import { distance } from "fastest-levenshtein";

const mostKeys = 3;

/** Up to three known keys that the wanted one may have been meant for, the nearest first. */
export function nearestKeys(wanted: string, known: Iterable<string>): string[] {
  const farthest = Math.max(2, Math.floor(wanted.length / 2));
  return [...known]
    .map((key) => ({ key, edits: distance(wanted, key) }))
    .filter(({ edits }) => edits <= farthest)
    .sort((a, b) => a.edits - b.edits || (a.key < b.key ? -1 : 1))
    .slice(0, mostKeys)
    .map(({ key }) => key);
}
