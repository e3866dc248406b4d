import type { RoundCustomers } from "../catalogue/small-cells";
import type { Overlap } from "../engine/answers";
import type { Artefact } from "../guards/artefact";
import { jaccard } from "./jaccard";
import type { OverlapAnswer, OverlapConflict } from "./overlap-contract";
import { conflictsBetween } from "./segment-conflicts";

const mostIntersections = 1_000;

type Told = Omit<OverlapAnswer, "asOf" | "environment">;

/** An overlap of segments, by their place in it, as it is told: every share is of numbers that are told, too. */
export function overlapOf(segments: readonly Artefact[], overlap: Overlap, round: RoundCustomers): Told {
  const sizes = overlap.sizes.map(round);
  const pairs = pairsOf(segments, overlap, round);
  return {
    population: round(overlap.population),
    sets: segments.map(({ key, name, version }, place) => ({ key, name, version, size: sizes[place] ?? 0 })),
    pairs: pairs.map(({ a, b, both }) => ({
      ...{ a: a.segment.key, b: b.segment.key, both },
      jaccard: jaccard(both, sizes[a.place] ?? 0, sizes[b.place] ?? 0),
    })),
    intersections: overlap.intersections
      .map(({ rules, customers }) => ({
        segments: rules.flatMap((place) => segments[place]?.key ?? []),
        size: round(customers),
      }))
      .filter((each) => each.segments.length > 0 && each.size > 0)
      .sort((x, y) => y.size - x.size || (x.segments.join(" ") < y.segments.join(" ") ? -1 : 1))
      .slice(0, mostIntersections),
    conflicts: pairs
      .flatMap(({ a, b, both }) => (both === 0 ? [] : conflictsOf(a.segment, b.segment, both)))
      .sort((x, y) => y.customers - x.customers),
  };
}

/** Every pair, also of those that share nobody. */
function pairsOf(segments: readonly Artefact[], { pairs }: Overlap, round: RoundCustomers) {
  const shared = new Map(pairs.map(({ a, b, both }) => [`${a} ${b}`, round(both)]));
  const placed = segments.map((segment, place) => ({ segment, place }));
  return placed.flatMap((a) =>
    placed.slice(a.place + 1).map((b) => ({ a, b, both: shared.get(`${a.place} ${b.place}`) ?? 0 })),
  );
}

function conflictsOf(a: Artefact, b: Artefact, customers: number): OverlapConflict[] {
  return conflictsBetween(a, b).map((conflict) => {
    const segments: [string, string] = conflict.winner === a.key ? [a.key, b.key] : [b.key, a.key];
    if (conflict.kind === "exclusive_group") return { ...conflict, segments, customers };
    const [value, other] = conflict.values;
    return { ...conflict, values: [value, other], segments, customers };
  });
}
