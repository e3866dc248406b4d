import type { CustomerLookup } from "./contract";

type Move = CustomerLookup["history"][number];

/** While a customer was in a segment, in milliseconds: `from` null for longer than is known, `to` null for still. */
export type MembershipSpan = { readonly from: number | null; readonly to: number | null };
export type SpannedSegment = {
  readonly segment: string;
  readonly name: string;
  readonly spans: readonly MembershipSpan[];
};

/** By segment, in the order in which they were last entered or left, the latest first. `history` is newest first. */
export function membershipSpans(history: readonly Move[]): SpannedSegment[] {
  return [...Map.groupBy(history, ({ segment }) => segment)].map(([segment, moves]) => {
    const spans: MembershipSpan[] = [];
    let to: number | null = null;
    for (const { change, at } of moves) {
      const instant = at === null ? null : Date.parse(at);
      if (change === "left") to = instant;
      else {
        spans.push({ from: instant, to });
        to = null;
      }
    }
    if (moves.at(-1)?.change === "left") spans.push({ from: null, to });
    return { segment, name: moves[0]?.name ?? segment, spans };
  });
}

/** The instants of the moves nearest to one, before it and after it; null where there is none. */
export function nearestMoves(
  history: readonly Move[],
  instant: number,
): { readonly before: number | null; readonly after: number | null } {
  const instants = history.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
  const before = instants.filter((each) => each < instant);
  const after = instants.filter((each) => each > instant);
  return {
    before: before.length === 0 ? null : Math.max(...before),
    after: after.length === 0 ? null : Math.min(...after),
  };
}
