import { downToCell } from "../catalogue/small-cells";
import type { Finding } from "../findings";
import { describeNumber } from "../rules/describe-value";
import { quote } from "../rules/rule-finding";
import type { ComparedSegment } from "./compared-segments";
import { type Claims, conflictsBetween, type SegmentConflict } from "./segment-conflicts";

type Compared = Pick<ComparedSegment, "both"> & {
  readonly artefact: Claims & Pick<ComparedSegment["artefact"], "name">;
};

const mostFindings = 20;

/**
 * What the document and segments that are live cannot both be to the customers they share, the most customers first:
 * one exclusive group, or another value of a treatment without a precedence that decides. Whole cells only, in words,
 * in whether it speaks and in its order: people of all roles read it.
 */
export function overlapFindings(document: Claims, compared: readonly Compared[]): Finding[] {
  return compared
    .flatMap(({ artefact, both }) => {
      const told = downToCell(both);
      if (told === 0) return [];
      const conflicts = conflictsBetween(document, artefact);
      return conflicts.flatMap((conflict) => {
        const finding = findingOf(conflict, artefact, told);
        return finding ? [{ told, key: artefact.key, finding }] : [];
      });
    })
    .sort((a, b) => b.told - a.told || (a.key < b.key ? -1 : 1))
    .slice(0, mostFindings)
    .map(({ finding }) => finding);
}

function findingOf(conflict: SegmentConflict, other: Compared["artefact"], told: number): Finding | undefined {
  const shared = `${describeNumber(told)} members are in ${quote(other.name)} too`;
  const severity = "warning";
  if (conflict.kind === "exclusive_group")
    return {
      ...{ code: "exclusive-group-overlap", severity, path: "exclusiveGroup" },
      message: `${shared}, which is in the same exclusive group ${quote(conflict.group)}.`,
      resolution: `Leave out the members of ${quote(other.name)} by a condition, or leave the group.`,
    };
  if (!conflict.tie) return undefined;
  const { treatment } = conflict;
  return {
    ...{ code: "treatment-tie", severity, path: `treatments.${treatment}` },
    message: `${shared}, which says another ${quote(treatment)} with the same precedence.`,
    resolution: "Give one of the two a higher precedence: without one the smaller key wins.",
  };
}
