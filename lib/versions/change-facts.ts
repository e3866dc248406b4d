import canonicalize from "canonicalize";
import { isArchived, type SegmentDocument } from "../segments/document";
import type { ChangeFacts, ImpactSize } from "./approval-policy";

/** How much of the members and of all customers moves. A first version moves nobody who was a member before. */
export function impactSize(
  { population, before, moved }: { readonly population: number; readonly before: number; readonly moved: number },
  isFirst: boolean,
  money: ImpactSize["money"],
): ImpactSize {
  return {
    movedShare: isFirst ? 0 : moved / Math.max(before, 1),
    populationShare: moved / Math.max(population, 1),
    money,
  };
}

/** What policies look at in a change from the live document, null for a first version, to a new one. */
export function changeFacts(
  document: SegmentDocument,
  live: SegmentDocument | null,
  { labels, impact }: { readonly labels: Iterable<string>; readonly impact: ImpactSize | null },
): ChangeFacts {
  const sides = live ? [live, document] : [document];
  return {
    criticalities: new Set(sides.map(({ criticality }) => criticality)),
    labels: new Set(labels),
    purposes: new Set(sides.flatMap(({ purposes }) => purposes)),
    treatments: new Set(treatmentsTouched(document, live)),
    archive: isArchived(document) && !(live && isArchived(live)),
    impact,
  };
}

/** Whom a treatment reaches changes with the rule too; named here are those that are themselves not what they were. */
function treatmentsTouched(document: SegmentDocument, live: SegmentDocument | null): string[] {
  const before = live?.treatments ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(document.treatments)])];
  if (live === null || isMoved(document, live)) return names;
  return names.filter((name) => before[name] !== document.treatments[name]);
}

/** Whether others may be members than before: who gets a treatment has changed then. */
function isMoved(document: SegmentDocument, live: SegmentDocument): boolean {
  const whom = ({ definition, purposes, regions }: SegmentDocument) => canonicalize({ definition, purposes, regions });
  return whom(document) !== whom(live);
}
