export type SegmentReference = { readonly key: string; readonly name: string; readonly version: number };

/** What one segment would do with its member. */
export type TreatmentClaim<Value> = SegmentReference & {
  readonly precedence: number;
  readonly treatments: Readonly<Record<string, Value>>;
};

export type EffectiveTreatment<Value> = {
  readonly name: string;
  readonly value: Value;
  readonly from: SegmentReference;
  /** The segments that speak of the same treatment and lost, the strongest first. */
  readonly over: readonly SegmentReference[];
};

/** One value for each treatment, by name: higher precedence wins, the smaller key breaks a tie. */
export function effectiveTreatments<Value>(claims: readonly TreatmentClaim<Value>[]): EffectiveTreatment<Value>[] {
  const byName = new Map<string, { value: Value; from: SegmentReference; over: SegmentReference[] }>();
  for (const claim of [...claims].sort(strongestFirst)) {
    const { key, name, version } = claim;
    for (const [treatment, value] of Object.entries(claim.treatments)) {
      const winner = byName.get(treatment);
      if (winner) winner.over.push({ key, name, version });
      else byName.set(treatment, { value, from: { key, name, version }, over: [] });
    }
  }
  return [...byName].sort(([a], [b]) => byCodePoint(a, b)).map(([name, found]) => ({ name, ...found }));
}

type Precedence = { readonly key: string; readonly precedence: number };

/** Which of two segments wins: higher precedence, then the smaller key. */
export function strongestFirst(a: Precedence, b: Precedence): number {
  return b.precedence - a.precedence || byCodePoint(a.key, b.key);
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
