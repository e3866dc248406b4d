import type { RoundCustomers } from "../catalogue/small-cells";
import type { Overlap } from "../engine/engine";
import type { Artefact } from "../guards/artefact";
import { jaccard } from "./jaccard";
import type { OverlapAnswer, OverlapConflict } from "./overlap-contract";
import { conflictsBetween } from "./segment-conflicts";

const mostIntersections = 1_000;

type Told = Omit<OverlapAnswer, "asOf" | "environment">;

/** An overlap of segments, by their place in it, as it is told: every share is of numbers that are told, too. */
export function overlapOf(segments: readonly Artefact[], overlap: Overlap, round: RoundCustomers): Told {
  const keyAt = (place: number) => segments[place]?.key ?? "";
  const sets = segments.map(({ key, name, version }, place) => ({
    ...{ key, name, version, size: round(overlap.sizes[place] ?? 0) },
  }));
  const both = new Map(overlap.pairs.map((pair) => [`${pair.a} ${pair.b}`, round(pair.both)]));
  const pairs = segments.flatMap((a, place) =>
    segments.slice(place + 1).map((b, next) => ({ a, b, both: both.get(`${place} ${place + 1 + next}`) ?? 0 })),
  );
  const sizeOf = new Map(sets.map(({ key, size }) => [key, size]));
  return {
    population: round(overlap.population),
    sets,
    pairs: pairs.map(({ a, b, both }) => ({
      ...{ a: a.key, b: b.key, both },
      jaccard: jaccard(both, sizeOf.get(a.key) ?? 0, sizeOf.get(b.key) ?? 0),
    })),
    intersections: overlap.intersections
      .map(({ rules, customers }) => ({ segments: rules.map(keyAt), size: round(customers) }))
      .filter((each) => each.segments.length > 0 && each.size > 0)
      .sort((x, y) => y.size - x.size || (x.segments.join(" ") < y.segments.join(" ") ? -1 : 1))
      .slice(0, mostIntersections),
    conflicts: pairs
      .flatMap(({ a, b, both }) => (both === 0 ? [] : conflictsOf(a, b, both)))
      .sort((x, y) => y.customers - x.customers),
  };
}

function conflictsOf(a: Artefact, b: Artefact, customers: number): OverlapConflict[] {
  return conflictsBetween(a, b).map((conflict) => {
    const segments: [string, string] = conflict.winner === a.key ? [a.key, b.key] : [b.key, a.key];
    if (conflict.kind === "exclusive_group") return { ...conflict, segments, customers };
    const [value, other] = conflict.values;
    return { ...conflict, values: [value, other], segments, customers };
  });
}
