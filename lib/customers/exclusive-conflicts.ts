import { type SegmentReference, strongestFirst } from "../rules/precedence";

type Claim = SegmentReference & { readonly precedence: number; readonly exclusiveGroup: string | null };

/** Groups of which only one segment may claim a customer, and several do: the strongest first. */
export function exclusiveConflicts(claims: readonly Claim[]): { group: string; segments: SegmentReference[] }[] {
  const groups = Map.groupBy(claims, ({ exclusiveGroup }) => exclusiveGroup);
  return [...groups].flatMap(([group, members]) => {
    if (group === null || members.length < 2) return [];
    const segments = members.toSorted(strongestFirst).map(({ key, name, version }) => ({ key, name, version }));
    return [{ group, segments }];
  });
}
