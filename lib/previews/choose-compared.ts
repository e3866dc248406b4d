import type { Artefact } from "../guards/artefact";
import { type References, resolvedReferencesOf } from "../rules/references";
import type { LiveSegment } from "./compared-segments";
import type { Claims } from "./segment-conflicts";

/** What a document says that makes other segments matter to it. */
export type Comparing = Claims & { readonly references: References };

/**
 * With which segments a document is compared when not all can be: those of the same exclusive group first, then those
 * that speak of the same treatments, then those that refer to it or that it refers to, then the largest.
 */
export function chooseCompared(
  comparing: Comparing,
  live: readonly LiveSegment[],
  most: number,
): readonly LiveSegment[] {
  if (live.length <= most) return live;
  return live
    .map((each) => ({ each, distance: distanceOf(each.artefact, comparing) }))
    .sort(
      (a, b) =>
        a.distance - b.distance ||
        b.each.members - a.each.members ||
        (a.each.artefact.key < b.each.artefact.key ? -1 : 1),
    )
    .slice(0, most)
    .map(({ each }) => each);
}

function distanceOf(artefact: Artefact, { key, exclusiveGroup, treatments, references }: Comparing): number {
  if (exclusiveGroup && artefact.exclusiveGroup === exclusiveGroup) return 0;
  if (Object.keys(artefact.treatments).some((treatment) => Object.hasOwn(treatments, treatment))) return 1;
  return references.segments.includes(artefact.key) || refersTo(artefact, key) ? 2 : 3;
}

function refersTo({ parts }: Artefact, key: string): boolean {
  return resolvedReferencesOf(parts.rule).some((reference) => reference.kind === "segment" && reference.key === key);
}
